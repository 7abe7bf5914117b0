import Glibc

/// Removes a folder when its owner lets go of it or this process has ended, however it ended.
///
/// A shell beside it waits for the end of a pipe of which this process alone holds the other side: the kernel closes that
/// for a process that is killed, too.
package final class FolderRemover: Sendable {
    /// What still writes there ends at about the same time: so it is tried for ten seconds.
    private static let script = """
        trap '' HUP INT QUIT TERM
        read -r _
        tries=0
        until rm -rf --one-file-system -- "$0" 2>/dev/null && [ ! -e "$0" ] || [ "$tries" = 100 ]; do
            tries=$((tries + 1))
            sleep 0.1
        done
        """

    private let process: pid_t
    private let end: Int32

    /// - Parameter folder: its whole path.
    package init(_ folder: String) throws(OperatingSystemError) {
        let pipe = try Pipeline.makePipe()
        defer { close(pipe.output) }
        do throws(OperatingSystemError) {
            process = try Program(["sh", "-c", Self.script, folder]).start(input: pipe.output, output: nil)
        } catch {
            close(pipe.input)
            throw error
        }
        end = pipe.input
    }

    deinit {
        close(end)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 { guard errno == EINTR else { break } }
    }
}
