package import CivilTime

extension Wording {
  /// Why a civil time that someone typed names no single instant, with the forms that would; both offsets are named.
  ///
  /// `field` is where it was typed. Empty for a time that is not ambiguous.
  package func ambiguity(civil: CivilDateTime, _ resolution: CivilResolution, field: Field) -> String {
    let day = date(civil.date)
    let clock = time(civil.time)
    switch resolution {
    case .unique:
      return ""
    case .gap(let before, let after):
      let forms = [civil.instant(at: after), civil.instant(at: before)].map(typed)
      return pick(
        "\(name(field)): \(clock) does not exist on \(day) (\(zoneName)): the clock goes from \(offset(before)) to "
          + "\(offset(after)) and skips it. Write \(language.alternatives(forms)).",
        "\(name(field))\(colon)\(clock) n’existe pas le \(day) (\(zoneName))\(colon)l’horloge passe de \(offset(before)) à "
          + "\(offset(after)) et saute cette heure. Écrivez \(language.alternatives(forms)).")
    case .fold(let earlier, let first, let later, let second):
      let forms = [typed(earlier), typed(later)]
      return pick(
        "\(name(field)): \(clock) comes twice on \(day) (\(zoneName)), first at \(offset(first)), then at "
          + "\(offset(second)). Write \(language.alternatives(forms)).",
        "\(name(field))\(colon)\(clock) existe deux fois le \(day) (\(zoneName)), d’abord à \(offset(first)), puis à "
          + "\(offset(second)). Écrivez \(language.alternatives(forms)).")
    }
  }

  /// A time as it can be typed back: `2026-10-25T02:30+02:00`; seconds only when not zero.
  package func typed(_ instant: Instant) -> String {
    let text = TimeText.local(instant, in: zone)
    let seconds = text.index(text.startIndex, offsetBy: 16)..<text.index(text.startIndex, offsetBy: 19)
    guard text[seconds] == ":00" else { return text }
    return text.replacingCharacters(in: seconds)
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<String.Index>) -> String {
    var copy = self
    copy.removeSubrange(range)
    return copy
  }
}
