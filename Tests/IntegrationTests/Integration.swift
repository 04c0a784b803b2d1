import Testing

/// Tests of the running gateway. One after the other, since some of them count what the whole process has open.
@Suite(.serialized) enum Integration {}
