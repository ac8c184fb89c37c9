import Foundation
import FuzzTargets

/// The reader that TARGET names; without one all names are printed, for scripts.
private let target: FuzzTarget = {
  let name = ProcessInfo.processInfo.environment["TARGET"] ?? ""
  if let target = FuzzTarget(rawValue: name) { return target }
  print(FuzzTarget.allCases.map(\.rawValue).joined(separator: "\n"))
  exit(name.isEmpty ? 0 : 64)
}()

/// Called by libFuzzer, whose own `main` the program has. Source: llvm.org/docs/LibFuzzer.html, "Fuzz Target".
@_cdecl("LLVMFuzzerTestOneInput") public func test(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  do {
    try target.run(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
  } catch {
    // What libFuzzer takes for a finding.
    fatalError("\(error)")
  }
  return 0
}
