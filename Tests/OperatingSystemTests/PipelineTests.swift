import OperatingSystem
import Testing

@Suite struct PipelineTests {
    @Test func eachProgramReadsWhatTheOneBeforeWrites() throws {
        var text: [UInt8] = []
        try Pipeline(Program(["printf", "b\na\n"]), Program(["sort"])).run(reading: { text += $0 })
        #expect(String(decoding: text, as: UTF8.self) == "a\nb\n")
    }

    @Test func whatIsFedArrivesWhole() throws {
        let path = TemporaryDirectory()
        let content = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
        let count = try Pipeline(Program(["dd", "status=none", "of=\(path.path)/copy"])).run(feeding: { write in
            try write(content)
            return content.count
        })
        #expect(count == content.count)
        #expect(try Files.read("\(path.path)/copy") == content)
    }

    @Test func aProgramThatFailsIsNamedAndNotTheOneItSilenced() {
        #expect(throws: ProgramFailure.self) { try Pipeline(Program(["false"])).run() }
        let error = #expect(throws: ProgramFailure.self) {
            try Pipeline(Program(["yes"]), Program(["sh", "-c", "exit 3"])).run()
        }
        #expect(error?.description == "sh failed (exit code 3); the lines above say why")
    }

    @Test func aReaderThatGaveUpIsToldByTheProgram() {
        let error = #expect(throws: ProgramFailure.self) {
            try Pipeline(Program(["sh", "-c", "exit 4"])).run(feeding: { write in
                for _ in 0..<1000 { try write([UInt8](repeating: 0, count: 65_536)) }
            })
        }
        #expect(error?.description.hasPrefix("sh failed (exit code 4)") == true)
    }

    @Test func nothingOfTheEnvironmentIsHandedOn() throws {
        var text: [UInt8] = []
        try Pipeline(Program(["env"], environment: ["GIVEN": "1"])).run(reading: { text += $0 })
        let names = String(decoding: text, as: UTF8.self).split(separator: "\n").map { $0.prefix { $0 != "=" } }
        #expect(Set(names) == ["PATH", "LC_ALL", "GIVEN"])
    }

    @Test func aProgramThatIsNotThereIsAnError() {
        #expect(throws: OperatingSystemError.self) { try Pipeline(Program(["/nowhere/program"])).run() }
    }
}
