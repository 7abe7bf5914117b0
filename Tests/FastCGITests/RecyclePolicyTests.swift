import FastCGI
import Testing

@Suite struct RecyclePolicyTests {
    private func lifetime(_ policy: RecyclePolicy) -> Int {
        var policy = policy
        var count = 1
        while !policy.countRequest() { count += 1 }
        return count
    }

    @Test func aWorkerEndsAfterAboutTheGivenNumberOfRequests() {
        let lifetimes = (0..<50).map { _ in lifetime(RecyclePolicy(requests: 1000)) }
        #expect(lifetimes.allSatisfy { (800...1200).contains($0) })
        #expect(Set(lifetimes).count > 5, "workers must not end together")
    }

    @Test func withoutJitterTheNumberIsExact() {
        #expect(lifetime(RecyclePolicy(requests: 3, jitterPercent: 0)) == 3)
        #expect(lifetime(RecyclePolicy(requests: 0)) == 1)
    }
}
