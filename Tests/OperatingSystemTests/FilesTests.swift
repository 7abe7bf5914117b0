import Glibc
import OperatingSystem
import Testing

@Suite struct FilesTests {
    private let directory = TemporaryDirectory()

    @Test func aWrittenFileIsReadBackAndPrivate() throws {
        let path = directory.path + "/key"
        try Files.write([1, 2, 3], to: path)
        #expect(try Files.read(path) == [1, 2, 3])
        #expect(try Directories.permissions(of: path) == 0o600)
    }

    @Test func writingReplacesAndLeavesNoDraft() throws {
        let path = directory.path + "/settings"
        try Files.write(Array("old".utf8), to: path)
        try Files.write(Array("new".utf8), to: path)
        #expect(try Files.readText(path) == "new")
        #expect(try Directories.names(in: directory.path) == ["settings"])
    }

    @Test func anExistingKeyIsNotOverwritten() throws {
        let path = directory.path + "/key"
        try Files.write([1], to: path, replacing: false)
        #expect(throws: OperatingSystemError("write", path: path, code: EEXIST)) {
            try Files.write([2], to: path, replacing: false)
        }
        #expect(try Files.read(path) == [1])
        #expect(try Directories.names(in: directory.path) == ["key"])
    }

    @Test func aLargeFileIsReadWholeAndALimitIsAnError() throws {
        let path = directory.path + "/large"
        let content = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
        try Files.write(content, to: path)
        #expect(try Files.read(path) == content)
        #expect(throws: OperatingSystemError("read", path: path, code: EFBIG)) { try Files.read(path, limit: 199_999) }
    }

    @Test func aMissingFileIsNamedInTheError() {
        let error = #expect(throws: OperatingSystemError.self) { try Files.read("/nowhere/to/be/found") }
        #expect(error?.description == "cannot open /nowhere/to/be/found: No such file or directory")
    }

    @Test func textMustBeUTF8() throws {
        let path = directory.path + "/text"
        try Files.write([0xff], to: path)
        #expect(throws: OperatingSystemError("read", path: path, code: EILSEQ)) { try Files.readText(path) }
    }

    @Test func aDirectoryIsPrivateAndMayExistAlready() throws {
        let path = directory.path + "/keys"
        try Directories.create(path)
        try Directories.create(path)
        #expect(try Directories.permissions(of: path) == 0o700)
    }
}

/// A directory that goes away with its owner.
final class TemporaryDirectory {
    let path: String

    init() {
        var template = Array("/tmp/garita-files-XXXXXX".utf8CString)
        path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
    }

    deinit {
        for name in (try? Directories.names(in: path)) ?? [] { remove("\(path)/\(name)") }
        rmdir(path)
    }
}
