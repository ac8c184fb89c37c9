import CFuzzer
import Foundation
import FuzzTargets

/// `Fuzz TARGET` and then what libFuzzer takes: a folder of inputs, `-max_total_time=1800`, `-runs=0`.
guard CommandLine.arguments.count > 1, let target = FuzzTarget(rawValue: CommandLine.arguments[1]) else {
  print("usage: Fuzz TARGET [ARGUMENT OF LIBFUZZER …]; TARGET is one of:")
  for target in FuzzTarget.allCases { print("  \(target.rawValue)") }
  exit(64)
}
nonisolated(unsafe) let chosen = target

// The target's name is none of libFuzzer's arguments.
var count = CommandLine.argc - 1
let words = [CommandLine.arguments[0]] + CommandLine.arguments.dropFirst(2)
var pointers = unsafe words.map { unsafe strdup($0) } + [nil]
unsafe pointers.withUnsafeMutableBufferPointer { buffer in
  var start = unsafe buffer.baseAddress
  exit(
    unsafe LLVMFuzzerRunDriver(&count, &start) { data, size in
      do {
        try chosen.run(unsafe Array(UnsafeBufferPointer(start: data, count: size)))
      } catch {
        // What libFuzzer takes for a finding.
        fatalError("\(error)")
      }
      return 0
    })
}
