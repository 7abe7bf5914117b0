import CXLSXWriter
import Glibc
package import OperatingSystem

/// A workbook (XLSX, ECMA-376) of one sheet, written row by row to a file without a name, so that no number of rows
/// takes memory and no crash leaves anything behind.
///
/// Sole owner of its `lxw_workbook` and of the file. The library's option `constant_memory` (libxlsxwriter manual,
/// "Working with Memory and Performance") wants rows in order.
package struct Spreadsheet: ~Copyable {
    /// On disk, where `/tmp` may be memory.
    private static let folder = "/var/tmp"
    /// Bytes that stay free on that disk.
    private static let spareRoom: UInt64 = 64 * 1024 * 1024
    /// Rows between two looks at the disk, each of less than a megabyte mostly.
    private static let rowsBetweenLooks: UInt32 = 1000
    /// Characters that the narrowest and the widest column show.
    private static let widths = 8...50

    /// What stands at the end of a text that was too long for a cell.
    private let mark: String
    private let file: Int32
    private let freeAtFirst: UInt64
    private let formats: Formats
    private let sheet: UnsafeMutablePointer<lxw_worksheet>
    private var rows: UInt32
    /// Characters of the longest value of each column.
    private var longest: [Int]
    private let workbook: UnsafeMutablePointer<lxw_workbook>
    /// `workbook_close` frees the workbook, whatever it answers; until then `lxw_workbook_free` would.
    private var isOpen: Bool

    /// How kinds of cells are shown; the workbook owns them.
    private struct Formats {
        let heading, text, date, moment, clock: UnsafeMutablePointer<lxw_format>

        init?(_ workbook: UnsafeMutablePointer<lxw_workbook>) {
            func format(_ shown: String) -> UnsafeMutablePointer<lxw_format>? {
                guard let format = workbook_add_format(workbook) else { return nil }
                format_set_num_format(format, shown)
                return format
            }
            // "@" is text, and stays text when a person edits the cell.
            guard let heading = format("@"), let text = format("@"), let date = format("yyyy-mm-dd"),
                let moment = format("yyyy-mm-dd hh:mm:ss"), let clock = format("[hh]:mm:ss")
            else { return nil }
            format_set_bold(heading)
            (self.heading, self.text, self.date, self.moment, self.clock) = (heading, text, date, moment, clock)
        }
    }

    /// - Parameters:
    ///   - name: of the sheet; cut to what a sheet may be called.
    ///   - headings: the first row, which stays in sight.
    ///   - mark: what ends a text that is too long for a cell.
    package init(_ name: String, headings: [String], mark: String) throws(OperatingSystemError) {
        let file = try Self.namelessFile()
        var options = lxw_workbook_options()
        options.constant_memory = 1
        // workbook_new_opt copies both texts.
        let made = Self.folder.withCString { folder in
            options.tmpdir = UnsafeMutablePointer(mutating: folder)
            return workbook_new_opt("/proc/self/fd/\(file)", &options)
        }
        guard let workbook = made, let formats = Formats(workbook),
            let sheet = workbook_add_worksheet(workbook, SheetText.sheetName(name)),
            Self.write(headings, to: sheet, formats.heading)
        else {
            lxw_workbook_free(made)
            close(file)
            throw OperatingSystemError("make a workbook", path: Self.folder, code: ENOMEM)
        }
        self.mark = mark
        self.file = file
        self.formats = formats
        self.sheet = sheet
        freeAtFirst = Self.freeBytes(file)
        rows = 1
        longest = headings.map(\.utf16.count)
        isOpen = true
        self.workbook = workbook
    }

    private static func write(
        _ headings: [String], to sheet: UnsafeMutablePointer<lxw_worksheet>, _ format: UnsafeMutablePointer<lxw_format>
    ) -> Bool {
        worksheet_freeze_panes(sheet, 1, 0)
        return headings.enumerated().allSatisfy { column, heading in
            worksheet_write_string(sheet, 0, UInt16(clamping: column), heading, format) == LXW_NO_ERROR
        }
    }

    deinit {
        if isOpen { lxw_workbook_free(workbook) }
        close(file)
    }

    /// Writes the next row.
    package mutating func add(_ cells: [SheetCell]) throws(OperatingSystemError) {
        if rows.isMultiple(of: Self.rowsBetweenLooks) { try requireRoom(Self.spareRoom) }
        for (index, cell) in cells.enumerated() {
            let column = UInt16(clamping: index)
            if longest.indices.contains(index) { longest[index] = max(longest[index], cell.width) }
            switch cell {
            case .empty: continue
            case .text(let text):
                try check(
                    worksheet_write_string(sheet, rows, column, SheetText.cell(text, mark: mark), formats.text))
            case .number(let number): try check(worksheet_write_number(sheet, rows, column, number, nil))
            case .bool(let bool): try check(worksheet_write_boolean(sheet, rows, column, bool ? 1 : 0, nil))
            case .date(let days): try check(worksheet_write_number(sheet, rows, column, days, formats.date))
            case .moment(let days): try check(worksheet_write_number(sheet, rows, column, days, formats.moment))
            case .clock(let part): try check(worksheet_write_number(sheet, rows, column, part, formats.clock))
            }
        }
        rows += 1
    }

    /// Ends the workbook and hands out its bytes, in pieces of 64 KiB at most; call it once, after the last row.
    package mutating func finish(_ write: ([UInt8]) throws -> Void) throws {
        for (index, width) in longest.enumerated() {
            let column = UInt16(clamping: index)
            let shown = min(max(width, Self.widths.lowerBound), Self.widths.upperBound)
            // A little more than its digits, as Excel leaves around them.
            try check(worksheet_set_column(sheet, column, column, Double(shown) + 2, nil))
        }
        // The sheet is written a second time, and then packed.
        let used = freeAtFirst - min(freeAtFirst, Self.freeBytes(file))
        try requireRoom(Self.spareRoom + 2 * used)
        let outcome = workbook_close(workbook)
        isOpen = false
        try check(outcome)
        try requireRoom(1)
        guard lseek(file, 0, SEEK_SET) == 0 else { throw OperatingSystemError("read", path: Self.folder) }
        try Files.readPieces(of: file, named: Self.folder, write)
    }

    /// The library passes over what a full disk refuses, and the file would be a broken one.
    private func requireRoom(_ bytes: UInt64) throws(OperatingSystemError) {
        guard Self.freeBytes(file) >= bytes else {
            throw OperatingSystemError("write", path: Self.folder, code: ENOSPC)
        }
    }

    private func check(_ outcome: lxw_error) throws(OperatingSystemError) {
        guard outcome == LXW_NO_ERROR else {
            throw OperatingSystemError("write a workbook", path: Self.folder, code: EIO)
        }
    }

    /// A file that ends with its descriptor; the library opens it once more by way of `/proc/self/fd`.
    private static func namelessFile() throws(OperatingSystemError) -> Int32 {
        var name = Array("\(folder)/garita-XXXXXX".utf8CString)
        let file = mkstemp(&name)
        guard file >= 0 else { throw OperatingSystemError("create", path: folder) }
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        unlink(name)
        return file
    }

    private static func freeBytes(_ file: Int32) -> UInt64 {
        var facts = statvfs()
        guard fstatvfs(file, &facts) == 0 else { return 0 }
        return UInt64(facts.f_bavail) * UInt64(facts.f_frsize)
    }
}
