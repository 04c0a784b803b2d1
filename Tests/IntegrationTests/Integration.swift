import Testing

/// Tests of the running gateway. One after the other, since some of them count what the whole process has open.
@Suite(.serialized) enum Integration {
  /// What never reaches a client: the built command in front of applications of other languages that die and fail.
  @Suite enum Prevention {}

  /// What `sluice doctor` and `sluice why` make of applications that are really ill.
  @Suite enum Doctor {}
}
