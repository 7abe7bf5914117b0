import OperatingSystem

/// The programs that doors may name, from a file that only root or this process's account can change.
///
/// One on each line: its name, its absolute path, then fixed arguments, with blanks between them. `#` begins a comment.
struct ProgramList {
    private static let limit = 65_536

    let programs: [String: [String]]

    /// Why there are none; nil where the file was read.
    let fault: String?

    init(_ path: String?) {
        var (found, fault): ([String: [String]], String?) = ([:], nil)
        if let path {
            if let wrong = TrustedFile.fault(of: path) {
                fault = "the list of programs \(wrong)"
            } else if let text = try? Files.readText(path, limit: Self.limit, onlyRegular: true) {
                for line in text.split(whereSeparator: \.isNewline) {
                    let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map(String.init)
                    if words.count >= 2 { found[words[0]] = Array(words[1...]) }
                }
            } else {
                fault = "the list of programs cannot be read"
            }
        } else {
            fault = "this machine has no list of programs"
        }
        programs = found
        self.fault = fault
    }

    /// The words to start, or why not.
    func command(_ name: String) -> Result<[String], ProgramRefusal> {
        if let fault { return .failure(ProgramRefusal(text: fault)) }
        guard let words = programs[name] else {
            return .failure(ProgramRefusal(text: "the program is not in the list"))
        }
        if let fault = TrustedFile.fault(of: words[0]) { return .failure(ProgramRefusal(text: "the program \(fault)")) }
        return .success(words)
    }
}

/// Why a program is not started.
struct ProgramRefusal: Error, Equatable { let text: String }
