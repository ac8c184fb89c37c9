import Glibc

/// What a process that reads hostile data may use. Set by the process itself before it reads; never widened again,
/// since the hard limits are set too. Source: POSIX.1-2024, setrlimit.
package struct CageLimits: Hashable, Sendable {
  /// Seconds of processor time; the kernel kills beyond.
  package var processorSeconds: UInt = 2
  /// Octets of address space.
  package var addressSpace: UInt = 512 << 20
  /// Files that may be open besides standard input, output and error.
  package var openFiles: UInt = 8

  package init() {}

  /// No file can be made or grow, and a crash leaves none behind.
  package func enter() throws(CageError) {
    try CageLimits.set(RLIMIT_CORE, to: 0)
    try CageLimits.set(RLIMIT_FSIZE, to: 0)
    try CageLimits.set(RLIMIT_CPU, to: processorSeconds)
    try CageLimits.set(RLIMIT_AS, to: addressSpace)
    try CageLimits.set(RLIMIT_NOFILE, to: 3 + openFiles)
  }

  /// From now on no file can be opened at all.
  package static func closeTheDoor() throws(CageError) { try set(RLIMIT_NOFILE, to: 3) }

  private static func set(_ resource: __rlimit_resource, to value: UInt) throws(CageError) {
    let resource = __rlimit_resource_t(resource.rawValue)
    var limit = rlimit()
    guard unsafe getrlimit(resource, &limit) == 0 else { throw CageError.limit(code: errno) }
    // A host that allows less keeps its word; asking for more would be refused.
    limit.rlim_max = min(limit.rlim_max, value)
    limit.rlim_cur = limit.rlim_max
    guard unsafe setrlimit(resource, &limit) == 0 else { throw CageError.limit(code: errno) }
  }
}

/// Why a process cannot be caged or started.
package enum CageError: Error, Hashable, Sendable {
  /// A limit could not be set; `code` is errno.
  case limit(code: Int32)
  /// A pipe or a file in memory could not be made.
  case resources(code: Int32)
  case start(String)
}
