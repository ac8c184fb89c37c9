import Foundation
import Wording

/// What the system said of a file, for people: Foundation has a number and an English sentence for it, or a number only.
struct SystemTrouble {
  private let code: Int32
  private let path: String?

  /// Nil for what no file is to blame for.
  init?(_ error: any Error) {
    let error = error as NSError
    let inner = error.userInfo[NSUnderlyingErrorKey] as? NSError
    path = (error.userInfo[NSFilePathErrorKey] ?? inner?.userInfo[NSFilePathErrorKey]) as? String
    if let posix = [error, inner].lazy.compactMap({ $0 }).first(where: { $0.domain == NSPOSIXErrorDomain }) {
      code = Int32(truncatingIfNeeded: posix.code)
    } else if error.domain == NSCocoaErrorDomain {
      code =
        switch CocoaError.Code(rawValue: error.code) {
        case .fileNoSuchFile, .fileReadNoSuchFile: ENOENT
        case .fileReadNoPermission, .fileWriteNoPermission: EACCES
        case .fileWriteOutOfSpace: ENOSPC
        case .fileWriteVolumeReadOnly: EROFS
        case .fileWriteFileExists: EEXIST
        default: EIO
        }
    } else {
      return nil
    }
  }

  func text(_ language: Language) -> String {
    let place = path.map { "\($0)\(language.colon) " } ?? ""
    let sentence = sentence(language)
    return place.isEmpty ? sentence.prefix(1).uppercased() + sentence.dropFirst() : place + sentence
  }

  private func sentence(_ language: Language) -> String {
    switch code {
    case ENOSPC, EDQUOT:
      language(
        "the disk is full. Free some room and try again.",
        "le disque est plein. Libérez de la place puis recommencez.")
    case EFBIG:
      language(
        "the file would be larger than allowed. Raise the limit (ulimit -f) and try again.",
        "le fichier dépasserait la taille permise. Relevez la limite (ulimit -f) puis recommencez.")
    case EMFILE, ENFILE:
      language(
        "too many files are open. Raise the limit (ulimit -n) and try again.",
        "trop de fichiers sont ouverts. Relevez la limite (ulimit -n) puis recommencez.")
    case EACCES, EPERM:
      language(
        "access is not allowed. Check the permissions of the file and of its folder.",
        "accès refusé. Vérifiez les droits du fichier et de son dossier.")
    case EROFS:
      language(
        "the file system is read-only. Choose another place.",
        "le système de fichiers est en lecture seule. Choisissez un autre endroit.")
    case ENOENT, ENOTDIR:
      language("no such file or folder. Check the path.", "fichier ou dossier introuvable. Vérifiez le chemin.")
    case EISDIR:
      language("a folder stands there. Name a file.", "c’est un dossier. Nommez un fichier.")
    case EEXIST:
      language(
        "something stands there already. Choose another name.",
        "il y a déjà quelque chose à cet endroit. Choisissez un autre nom.")
    case let code:
      language(
        "the system could neither read nor write it (\(unsafe String(cString: strerror(code)))). Check the disk and try again.",
        "le système n’a pu ni le lire ni l’écrire (\(unsafe String(cString: strerror(code)))). Vérifiez le disque puis recommencez."
      )
    }
  }
}
