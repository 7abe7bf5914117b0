import Images
import OperatingSystem

/// The original's folder of uploads, and ours.
struct OriginalPhotos {
    /// Its `MEDIA_ROOT`.
    let media: String
    let folder: PhotoFolder

    /// Makes a picture of one of its files; nil when it is not there, too large, or none.
    ///
    /// - Parameter file: as the original's row names it, below the folder.
    func read(_ file: String) -> Photo? {
        guard !file.hasPrefix("/"), !file.split(separator: "/").contains("..") else { return nil }
        guard let bytes = try? Files.read("\(media)/\(file)", limit: Photo.maximumBytes) else { return nil }
        return try? Photo(file: bytes)
    }

    /// Keeps a picture where the workers and nginx read it, whoever runs the command.
    func keep(_ photo: Photo) throws -> String {
        let name = try folder.keep(photo)
        for size in PhotoFolder.Size.allCases {
            guard let file = PhotoFolder.file(name, size) else { continue }
            try Files.giveToOwner(of: folder.path, "\(folder.path)/\(file)")
        }
        return name
    }
}
