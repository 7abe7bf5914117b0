import Glibc

/// Small files, read and written whole.
package enum Files {
    /// Reads a whole file.
    ///
    /// - Parameters:
    ///   - limit: The largest size accepted, in bytes; a larger file is an error (`EFBIG`), not cut.
    ///   - onlyRegular: Whether a pipe or a device, for which one might wait for ever, is an error (`EINVAL`).
    package static func read(
        _ path: String, limit: Int = 16 * 1024 * 1024, onlyRegular: Bool = false
    ) throws(OperatingSystemError) -> [UInt8] {
        var content: [UInt8] = []
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | (onlyRegular ? O_NONBLOCK : 0))
        guard descriptor >= 0 else { throw OperatingSystemError("open", path: path) }
        defer { close(descriptor) }
        var facts = stat()
        guard !onlyRegular || fstat(descriptor, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG else {
            throw OperatingSystemError("use", path: path, code: EINVAL)
        }
        while true {
            let chunk = try readChunk(descriptor, path: path)
            if chunk.isEmpty { return content }
            content += chunk
            if content.count > limit { throw OperatingSystemError("read", path: path, code: EFBIG) }
        }
    }

    /// Reads a file of any size, in pieces of at most 64 KiB.
    package static func readPieces(of path: String, _ body: ([UInt8]) throws -> Void) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw OperatingSystemError("open", path: path) }
        defer { close(descriptor) }
        try readPieces(of: descriptor, named: path, body)
    }

    /// Reads an open file from where it stands; `path` only names it in an error.
    package static func readPieces(
        of descriptor: Int32, named path: String, _ body: ([UInt8]) throws -> Void
    ) throws {
        while true {
            let chunk = try readChunk(descriptor, path: path)
            if chunk.isEmpty { return }
            try body(chunk)
        }
    }

    /// Reads a whole file as text; a file that is not UTF-8 is an error (`EILSEQ`).
    package static func readText(
        _ path: String, limit: Int = 16 * 1024 * 1024, onlyRegular: Bool = false
    ) throws(OperatingSystemError) -> String {
        let bytes = try read(path, limit: limit, onlyRegular: onlyRegular)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw OperatingSystemError("read", path: path, code: EILSEQ)
        }
        return text
    }

    /// Writes a whole file atomically: readers see the old content or the new, never a part.
    ///
    /// Root does it as the owner of the folder, to whom the file then belongs.
    /// - Parameters:
    ///   - replacing: When false an existing file is left alone and the call fails (`EEXIST`).
    ///   - mode: The permission bits; by default only the owner may read and write it.
    package static func write(
        _ content: [UInt8], to path: String, replacing: Bool = true, mode: UInt32 = 0o600
    ) throws(OperatingSystemError) {
        try FolderOwner.act(in: parent(of: path)) { () throws(OperatingSystemError) in
            let draft = "\(path).\(getpid()).new"
            unlink(draft)  // left by a crashed process that had the same id
            defer { unlink(draft) }
            try writeDraft(content, to: draft, mode: mode)
            // link(2) refuses an existing name, rename(2) replaces it; both are atomic.
            let published = replacing ? Glibc.rename(draft, path) : link(draft, path)
            guard published == 0 else { throw OperatingSystemError("write", path: path) }
            syncDirectory(parent(of: path))
        }
    }

    /// Appends to a file, which is made when there is none, and waits until the disk has it.
    ///
    /// Root does it as the owner of the folder.
    package static func append(_ content: [UInt8], to path: String) throws(OperatingSystemError) {
        try FolderOwner.act(in: parent(of: path)) { () throws(OperatingSystemError) in
            let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw OperatingSystemError("open", path: path) }
            defer { close(descriptor) }
            try writeAll(content, to: descriptor, path: path)
            guard fsync(descriptor) == 0 else { throw OperatingSystemError("write", path: path) }
        }
    }

    /// Removes a file.
    ///
    /// Root does it as the owner of the folder.
    package static func remove(_ path: String) throws(OperatingSystemError) {
        try FolderOwner.act(in: parent(of: path)) { () throws(OperatingSystemError) in
            guard unlink(path) == 0 else { throw OperatingSystemError("remove", path: path) }
        }
    }

    /// Whether there is anything of that name, as far as this process may see.
    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Whether this process may open it for reading.
    package static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

    /// Gives a file or directory another name in the same directory, and waits until the disk has it.
    ///
    /// Root does it as the owner of the directory.
    package static func rename(_ path: String, to name: String) throws(OperatingSystemError) {
        try FolderOwner.act(in: parent(of: name)) { () throws(OperatingSystemError) in
            guard Glibc.rename(path, name) == 0 else { throw OperatingSystemError("rename", path: path) }
            syncDirectory(parent(of: name))
        }
    }

    /// The path without links and dots (realpath(3)).
    package static func realPath(_ path: String) throws(OperatingSystemError) -> String {
        guard let found = Glibc.realpath(path, nil) else { throw OperatingSystemError("look at", path: path) }
        defer { free(found) }
        return String(cString: found)
    }

    /// Its size in bytes.
    package static func size(_ path: String) throws(OperatingSystemError) -> Int64 {
        var facts = stat()
        guard stat(path, &facts) == 0 else { throw OperatingSystemError("look at", path: path) }
        return Int64(facts.st_size)
    }

    /// When its content was last written, in seconds since 1970.
    package static func modifiedSeconds(_ path: String) throws(OperatingSystemError) -> Int64 {
        var facts = stat()
        guard stat(path, &facts) == 0 else { throw OperatingSystemError("look at", path: path) }
        return Int64(facts.st_mtim.tv_sec)
    }

    private static func readChunk(_ descriptor: Int32, path: String) throws(OperatingSystemError) -> [UInt8] {
        var count = -1
        let chunk = [UInt8](unsafeUninitializedCapacity: 65536) { buffer, filled in
            repeat {
                count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            } while count < 0 && errno == EINTR
            filled = max(0, count)
        }
        guard count >= 0 else { throw OperatingSystemError("read", path: path) }
        return chunk
    }

    private static func writeDraft(
        _ content: [UInt8], to path: String, mode: UInt32
    ) throws(OperatingSystemError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw OperatingSystemError("create", path: path) }
        defer { close(descriptor) }
        try writeAll(content, to: descriptor, path: path)
        // fchmod(2), because open(2) takes the bits of the umask out of the mode.
        guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0 else {
            throw OperatingSystemError("write", path: path)
        }
    }

    static func writeAll(
        _ content: [UInt8], to descriptor: Int32, path: String
    ) throws(OperatingSystemError) {
        var rest = content[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 || errno == EINTR else { throw OperatingSystemError("write", path: path) }
            rest = rest.dropFirst(max(0, count))
        }
    }

    /// The directory of a path; `.` for a bare name.
    package static func parent(of path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }

    /// Writes the directory to disk, so that the new name survives a power failure.
    ///
    /// Best effort: some file systems cannot.
    private static func syncDirectory(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
