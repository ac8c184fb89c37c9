import CMalloc

#if canImport(Glibc)
  import Glibc
#endif

/// What a process that runs for months asks of the system.
enum ProcessLimits {
  /// More than any server here needs; some systems allow a billion, and count what is allowed.
  private static let enough: UInt = 1 << 16

  /// Raises the number of files and connections that may be open as far as the process may, and tells it.
  static func raiseOpenFiles() -> Int {
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    var limit = rlimit()
    guard unsafe getrlimit(resource, &limit) == 0 else { return 1024 }
    let wanted = min(UInt(limit.rlim_max), enough)
    if UInt(limit.rlim_cur) < wanted {
      limit.rlim_cur = rlim_t(wanted)
      _ = unsafe setrlimit(resource, &limit)
      _ = unsafe getrlimit(resource, &limit)
    }
    return Int(min(UInt(limit.rlim_cur), enough))
  }

  /// Gives the memory of a rendered feed back to the system once it has been sent: left alone, the allocator of Glibc
  /// keeps megabytes for each thread. With feeds of 10,000 changes that is 75 MB instead of 108.
  static func keepMemorySmall() {
    _ = mallopt(M_MMAP_THRESHOLD, 128 << 10)
    _ = mallopt(M_ARENA_MAX, 2)
  }
}
