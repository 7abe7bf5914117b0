import Images
import OperatingSystem

/// The photos of a backup, as they come out of its archive.
struct RestoredPhotos {
    let backup: OpenedBackup
    let identity: String

    /// Writes those that the folder does not have.
    /// - Returns: how many files were written.
    func write(to folder: PhotoFolder) throws -> Int64 {
        var written: Int64 = 0
        try read { name, content in
            if try folder.bringBack(name, content) { written += 1 }
        }
        return written
    }

    /// Decodes every one.
    /// - Returns: how many files there are, and a line for each that is wrong.
    func check() throws -> (files: Int64, faults: [String]) {
        var files: Int64 = 0
        var faults: [String] = []
        try read { name, content in
            files += 1
            if (try? Photo(file: content)) == nil { faults.append("a photo of the backup cannot be decoded: \(name)") }
        }
        if files != backup.manifest.photoFiles { faults.append("the manifest tells another number of photos") }
        return (files, faults)
    }

    private func read(_ take: (_ name: String, _ content: [UInt8]) throws -> Void) throws {
        var archive = TarReader()
        try Pipeline(Age.opening(with: identity), from: try backup.file(BackupMaker.photos)).run(reading: {
            try archive.add($0, take)
        })
        try archive.finish()
    }
}
