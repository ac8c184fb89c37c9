import Foundation
import Wording

/// What a shell runs to complete: it asks the program each time, so that nothing in it grows old.
enum CompletionScript: String, CaseIterable {
  case bash, zsh, fish

  /// How the scripts ask: `preavis ---complete bash WORD…`, the last word being the one at the cursor.
  static let request = "---complete"

  /// What the script of a shell is asked for by.
  static let option = "--generate-completion-script"

  /// The script that was asked for; nil where none was, or of a shell that is unknown, which the parser says.
  init?(asked arguments: [String]) {
    guard let first = arguments.first, first.hasPrefix(CompletionScript.option) else { return nil }
    let name =
      first == CompletionScript.option
      ? arguments.dropFirst().first : String(first.dropFirst(CompletionScript.option.count + 1))
    // Where none is named, of the shell that is used.
    let used = ProcessInfo.processInfo.environment["SHELL"].map { URL(filePath: $0).lastPathComponent }
    guard let shell = (name ?? used).flatMap(CompletionScript.init) else { return nil }
    self = shell
  }

  var text: String {
    switch self {
    case .bash:
      """
      # Completion of preavis for bash.
      _preavis() {
          local -a lines
          local line note
          mapfile -t lines < <("${COMP_WORDS[0]}" \(CompletionScript.request) bash "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
          local current="${COMP_WORDS[COMP_CWORD]}"
          case "${lines[0]}" in
              :files) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
              :folders) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
              *)
                  compopt -o nosort 2>/dev/null
                  for line in "${lines[@]}"; do
                      note="${line#*$'\\t'}"
                      # What is said of a word is shown where words are listed, and never becomes part of one.
                      [[ ${#lines[@]} -eq 1 || $COMP_TYPE -eq 37 || $COMP_TYPE -eq 42 ]] && note=""
                      COMPREPLY+=("${line%%$'\\t'*}${note:+  ($note)}")
                  done ;;
          esac
      }
      complete -F _preavis preavis

      """
    case .zsh:
      """
      #compdef preavis
      # Completion of preavis for zsh.
      _preavis() {
          local -a lines values
          local line note
          lines=("${(@f)$("${words[1]}" \(CompletionScript.request) zsh "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
          case "${lines[1]}" in
              :files) _files; return ;;
              :folders) _files -/; return ;;
          esac
          for line in "${lines[@]}"; do
              note="${line#*$'\\t'}"
              [[ -n "$line" ]] && values+=("${${line%%$'\\t'*}//:/\\\\:}${note:+:$note}")
          done
          (( ${#values} )) && _describe -V preavis values -M 'm:{a-zA-Z}={A-Za-z}'
      }
      if [[ "${funcstack[1]}" = _preavis ]]; then
          _preavis "${@}"
      else
          compdef _preavis preavis
      fi

      """
    case .fish:
      """
      # Completion of preavis for fish.
      function __preavis_complete
          set -l words (commandline -opc)
          set -l current (commandline -ct)
          set -l lines (command $words[1] \(CompletionScript.request) fish $words[2..] "$current" 2>/dev/null)
          switch "$lines[1]"
              case :files
                  __fish_complete_path $current
              case :folders
                  __fish_complete_directories $current
              case '*'
                  printf '%s\\n' $lines
          end
      end
      complete -c preavis -f -a '(__preavis_complete)'

      """
    }
  }

  /// Answers a script that asks; ends the process.
  ///
  /// - Parameter words: behind the name of the shell.
  func answer(_ words: [String], _ language: Language) -> Never {
    // Nothing that is noted on the way is to stand on the line that is being typed.
    let nowhere = unsafe open("/dev/null", O_WRONLY)
    if nowhere >= 0 { dup2(nowhere, STDERR_FILENO) }
    if let tree = try? VerbTree(Preavis.self) {
      switch Completion(words, tree: tree, language: language).answer() {
      case .files: print(":files")
      case .folders: print(":folders")
      case .words(let found): for word in found { print(line(word)) }
      }
    }
    exit(0)
  }

  /// A word, a tab, and what is said of it.
  private func line(_ word: Completion.Word) -> String {
    let text = TerminalText.shown(word.text.replacing("\n", with: " "))
    let note = TerminalText.shown(word.note.replacing("\n", with: " "))
    return text + "\t" + (note.count > 72 ? note.prefix(71) + "…" : note)
  }
}
