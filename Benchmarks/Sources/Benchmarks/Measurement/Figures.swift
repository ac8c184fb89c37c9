import Foundation

/// Figures as people compare them: three digits that count.
enum Figures {
  static func plain(_ value: Double) -> String {
    switch value {
    case 100...: String(format: "%.0f", value)
    case 10..<100: String(format: "%.1f", value)
    default: String(format: "%.2f", value)
    }
  }

  static func ratio(_ value: Double) -> String {
    (value == value.rounded() ? String(format: "%.0f", value) : plain(value)) + "×"
  }

  static func rate(_ value: Double) -> String {
    switch value {
    case 1_000_000...: plain(value / 1_000_000) + " M/s"
    case 10_000..<1_000_000: plain(value / 1_000) + " k/s"
    default: plain(value) + "/s"
    }
  }

  static func time(_ seconds: Double) -> String {
    switch seconds {
    case 1...: plain(seconds) + " s"
    case 0.001..<1: plain(seconds * 1_000) + " ms"
    case 0.000_001..<0.001: plain(seconds * 1_000_000) + " µs"
    default: plain(seconds * 1_000_000_000) + " ns"
    }
  }

  static func count(_ value: Int) -> String {
    switch value {
    case 1_000_000... where value % 1_000_000 == 0: "\(value / 1_000_000) M"
    case 10_000... where value % 1_000 == 0: "\(value / 1_000) k"
    default: "\(value)"
    }
  }

  static func bytes(_ value: Int) -> String { plain(Double(value) / 1_048_576) + " MB" }
}
