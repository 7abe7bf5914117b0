import Foundation
import Images
import OperatingSystem
import Testing

@Suite struct `The folder of photos` {
    private let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    private let folder: PhotoFolder

    init() throws {
        try Directories.create(path)
        folder = PhotoFolder(path)
    }

    private func files() throws -> [String] { try Directories.names(in: path) }

    private func age(_ file: String, days: Double) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -86_400 * days)], ofItemAtPath: "\(path)/\(file)")
    }

    @Test func `keeps a picture and its thumbnail under a name that tells nothing`() throws {
        let photo = try Photo(file: Pictures.jpeg(width: 300, height: 200))
        let name = try folder.keep(photo)
        #expect(name.wholeMatch(of: /[0-9a-f]{32}/) != nil)
        #expect(try files() == ["\(name)-thumbnail.jpg", "\(name).jpg"])
        #expect(try Files.read("\(path)/\(name).jpg") == photo.picture)
        #expect(try Files.read("\(path)/\(name)-thumbnail.jpg") == photo.thumbnail)
        #expect(try Directories.permissions(of: "\(path)/\(name).jpg") == 0o600)
        #expect(try folder.keep(photo) != name)
    }

    @Test func `the group of the folder may read when it may read the folder`() throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: path)
        let name = try folder.keep(try Photo(file: Pictures.jpeg))
        #expect(try Directories.permissions(of: "\(path)/\(name).jpg") == 0o640)
    }

    @Test func `one picture has its turn, one waits a moment, and no more`() throws {
        let milliseconds = try folder.inTurn { () throws -> [Int64] in
            let began = Time.monotonicMilliseconds()
            #expect(try folder.inTurn { true } == nil)
            let waited = Time.monotonicMilliseconds()
            guard let place = try FileLock("\(path)/.waiting", mode: 0o600) else { return [] }
            let third = try place.whileHeld { () throws -> Bool? in try folder.inTurn { true } }
            #expect(third == nil)
            return [waited - began, Time.monotonicMilliseconds() - waited]
        }
        let (waited, refused) = (try #require(milliseconds?.first), try #require(milliseconds?.last))
        #expect(waited >= 900 && refused < 900)
        #expect(try folder.inTurn { 7 } == 7)
        #expect(try folder.sweep { _ in [] } == 0)
    }

    @Test func `removes both files, and nothing that is not its own`() throws {
        let name = try folder.keep(try Photo(file: Pictures.jpeg))
        try Files.write([1], to: "\(path)/other.jpg")
        for none in ["", "other", "../other", String(repeating: "0", count: 32)] { folder.remove(none) }
        #expect(try files().count == 3)
        folder.remove(name)
        #expect(try files() == ["other.jpg"])
    }

    @Test func `only files that are old and that no row names are swept away`() throws {
        let photo = try Photo(file: Pictures.jpeg)
        let (named, forgotten, young) = (try folder.keep(photo), try folder.keep(photo), try folder.keep(photo))
        let (torn, other) = ("\(String(repeating: "a", count: 32)).jpg.17.new", "notes.txt")
        for file in [torn, other] { try Files.write([1], to: "\(path)/\(file)") }
        for file in try files() where !file.hasPrefix(young) { try age(file, days: 1.1) }
        try age("\(young).jpg", days: 0.9)
        let swept = try folder.sweep { names in
            #expect(Set(names) == [named, forgotten, String(repeating: "a", count: 32)])
            return names.filter { $0 != named }
        }
        #expect(swept == 2)
        let left = ["\(named)-thumbnail.jpg", "\(named).jpg", "\(young)-thumbnail.jpg", "\(young).jpg", other]
        #expect(try files() == left.sorted())
    }
}
