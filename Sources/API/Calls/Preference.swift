import Wording

/// How a call wants its messages to be worded.
enum Preference {
  /// Messages name values as the command line does, `--start` and not `start`, where its own calls ask for that.
  /// Source: RFC 7240, section 2.
  static func door(_ call: APICall) -> Door {
    let isOwn = call.headers.contains { field in
      field.name == "prefer" && field.value.filter { $0 != " " && $0 != "\t" }.lowercased() == "wording=flags"
    }
    return isOwn ? .commandLine : .api
  }
}
