/// One file of the published site: a path below its root, and what writes it.
package struct SiteFile {
  package let path: String
  /// Stays for ever, as a change does; other files may be gone one day.
  package let isKept: Bool
  package let write: (_ sink: ([UInt8]) throws -> Void) throws -> Void

  init(
    _ path: String, isKept: Bool = false, _ write: @escaping (_ sink: ([UInt8]) throws -> Void) throws -> Void
  ) {
    self.path = path
    self.isKept = isKept
    self.write = write
  }

  init(_ path: String, isKept: Bool = false, bytes: @escaping () throws -> [UInt8]) {
    self.init(path, isKept: isKept) { sink in try sink(try bytes()) }
  }
}
