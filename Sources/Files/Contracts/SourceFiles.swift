import CivilTime
import Planning

/// Reads the files of a calendars folder, each once, and remembers them in order.
final class SourceFiles {
  /// The calendars folder.
  let folder: String
  private var read: [String: [UInt8]] = [:]
  private var holidayFiles: [String: Result<HolidayFile, FileProblems>] = [:]

  init(folder: String) { self.folder = folder }

  /// As the operator would open it.
  func shown(_ name: String) -> String { folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)" }

  /// The bytes of a file named relative to the folder.
  func bytes(_ name: String, limit: Int) throws(DataFile.Failure) -> [UInt8] {
    if let bytes = read[name] { return bytes }
    let bytes = try DataFile.bytes(shown(name), limit: limit)
    read[name] = bytes
    return bytes
  }

  /// Files that were read, in the order of `names`, each once.
  func sources(_ names: [String]) -> [(name: String, bytes: [UInt8])] {
    var seen: Set<String> = []
    return names.compactMap { name in
      guard seen.insert(name).inserted, let bytes = read[name] else { return nil }
      return (name, bytes)
    }
  }

  /// `holidays/fr.yaml` for `fr`.
  static func holidayFile(_ country: String) -> String { "holidays/\(country).yaml" }

  /// The holidays of a country.
  func holidays(_ country: String) throws(FileProblems) -> HolidayFile {
    if let known = holidayFiles[country] { return try known.get() }
    let result: Result<HolidayFile, FileProblems>
    do {
      result = .success(try readHolidays(country))
    } catch {
      result = .failure(error)
    }
    holidayFiles[country] = result
    return try result.get()
  }

  private func readHolidays(_ country: String) throws(FileProblems) -> HolidayFile {
    let name = SourceFiles.holidayFile(country)
    let problems = ProblemList(file: shown(name))
    do {
      if let file = HolidayFile.read(try bytes(name, limit: YAMLText.limit), country: country, problems) { return file }
    } catch {
      problems.add(nil, error.text)
    }
    throw FileProblems(problems.sorted)
  }
}
