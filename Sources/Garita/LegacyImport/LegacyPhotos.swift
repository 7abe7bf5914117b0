import Images
import OperatingSystem

/// The legacy system's folder of uploads, and ours.
struct LegacyPhotos {
    /// Its `MEDIA_ROOT`.
    let media: String
    let folder: PhotoFolder

    /// Makes a picture of one of its files; nil when it is not there, too large, or none.
    ///
    /// Root reads as the owner of the legacy system's folder, so that a link in it shows no file of root's.
    /// - Parameter file: as the legacy system's row names it, below the folder.
    func read(_ file: String) -> Photo? {
        guard !file.hasPrefix("/"), !file.split(separator: "/").contains("..") else { return nil }
        let bytes = try? FolderOwner.act(in: media) { () throws(OperatingSystemError) in
            try Files.read("\(media)/\(file)", limit: Photo.maximumBytes)
        }
        return bytes.flatMap { try? Photo(file: $0) }
    }
}
