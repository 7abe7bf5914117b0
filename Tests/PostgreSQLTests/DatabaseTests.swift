import Testing

/// All tests that need the cluster, one after the other: some of them stop it.
@Suite(.serialized) enum DatabaseTests {}
