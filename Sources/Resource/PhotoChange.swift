import Images
import PostgreSQL
import Web

/// What the body of a write does to the photo of its row.
///
/// The row names the files, so they are on disk before it is written and go when it no longer names them. Whatever is
/// left over when a process dies in between belongs to no row and is swept (`garita maintain`).
struct PhotoChange {
    private let resource: Resource
    /// Nil when the body says nothing of a photo.
    private let column: (field: Field, value: FieldValue)?
    /// As it will be kept; nil to take the old one away.
    private let photo: Photo?
    /// What is wrong with the file.
    let faults: [FieldError]

    /// Looks at the file, whatever else is wrong with the body: a client hears of all at once.
    /// - Throws: 429 and 503 when it is not looked at now; what is wrong with the file is no error but a fault.
    init(_ resource: Resource, _ columns: [(field: Field, value: FieldValue)], _ context: Context) throws {
        self.resource = resource
        column = columns.first { $0.field.kind == .photo }
        var photo: Photo?
        var faults: [FieldError] = []
        if let column, case .file(let file) = column.value {
            do { photo = try Self.look(at: file, context) } catch let error as ImageError {
                guard let text = error.text else { throw error }
                faults = [FieldError(column.field.name, text)]
            }
        }
        self.photo = photo
        self.faults = faults
    }

    /// Decodes the file in its turn, counted for its sender whether it is kept or not: what it costs is spent.
    private static func look(at file: UploadedFile, _ context: Context) throws -> Photo {
        let photo = try context.photos.inTurn {
            let wait = try context.runForGood(Statement("select api.count_photo()", name: "count_photo")).single()
                .integer(0)
            guard wait == 0 else { throw HTTPError.throttled(seconds: wait) }
            return try Photo(file: file.bytes)
        }
        guard let photo else { throw HTTPError(503, .picturesAreBusy, headers: [Header("Retry-After", "1")]) }
        return photo
    }

    /// Does the write with the name of the new photo among its columns.
    ///
    /// - Parameter id: the row that may have a photo already; nil for a new row.
    func keep<Value>(
        _ columns: [(field: Field, value: FieldValue)], of id: Int64?, _ context: Context,
        _ write: ([(field: Field, value: FieldValue)]) throws -> Value
    ) throws -> Value {
        guard let column else { return try write(columns) }
        let old = try id.flatMap { try resource.photoName(of: $0, context) }
        let name = try photo.map { try context.photos.keep($0) } ?? ""
        let renamed = columns.map { $0.field.name == column.field.name ? ($0.field, .text(name)) : $0 }
        do {
            let written = try write(renamed)
            if let old { context.onceCommitted { context.photos.remove(old) } }
            return written
        } catch {
            if !error.mayHaveBeenCommitted { context.photos.remove(name) }
            throw error
        }
    }
}

extension Resource {
    /// The field of the photo; nil for a table without one.
    package var photo: Field? { fields.first { $0.kind == .photo && $0.column != nil && !$0.isReadOnly } }

    /// The name of a row's photo; nil without one, and where the caller may not see it.
    func photoName(of id: Int64, _ context: Context) throws -> String? {
        let role = try context.requireCaller().role
        guard let photo, let column = photo.column, photo.readers.admits(role) else { return nil }
        let read = rowStatement("t.\(column)", .number(id), name: "photo \(model) \(role.rawValue)")
        let name = try context.run([read])[0].first?.text(0)
        return name?.isEmpty == true ? nil : name
    }
}

extension Error {
    /// Whether the row may name the new files after all: then they stay.
    fileprivate var mayHaveBeenCommitted: Bool {
        switch self as? DatabaseError {
        case .timeout, .outcomeUnknown: true
        default: false
        }
    }
}

extension ImageError {
    /// Nil when it is no fault of the file.
    fileprivate var text: Text? {
        switch self {
        case .notAPicture: .notAPicture
        case .tooManyBytes: .fileTooLarge(megabytes: Photo.maximumBytes / 1_048_576)
        case .tooManyPixels: .tooManyPixels
        case .tooMuchWork: .tooMuchWork
        case .libraryFailure, .noRoom: nil
        }
    }
}
