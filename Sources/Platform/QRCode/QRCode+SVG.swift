extension QRCode {
    /// The picture as a scalable drawing, quiet zone included, without a size of its own: the page gives it one.
    ///
    /// One path of horizontal runs; it contains digits and letters of ours only, so it may stand in a page as it is.
    package func svg() -> String {
        let size = side + 2 * QRCode.quietZone
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size) \(size)" shape-rendering="crispEdges">\
            <path fill="#fff" d="M0 0h\(size)v\(size)H0z"/><path fill="#000" d="\(path)"/></svg>
            """
    }

    private var path: String {
        (0..<side).flatMap { row in
            darkRuns(inRow: row).map { run in
                "M\(run.lowerBound + QRCode.quietZone) \(row + QRCode.quietZone)h\(run.count)v1h-\(run.count)z"
            }
        }.joined()
    }

    private func darkRuns(inRow row: Int) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start: Int?
        for column in 0...side {
            let dark = isDark(column: column, row: row)
            if dark, start == nil { start = column }
            if !dark, let first = start {
                runs.append(first..<column)
                start = nil
            }
        }
        return runs
    }
}
