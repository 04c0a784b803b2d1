extension LogFormat {
  /// AWS' Application Load Balancer and Classic Load Balancer.
  static let aws: [LogFormat] = [
    LogFormat(
      id: "aws-alb", product: .alb, shape: .reader(AWSLine.balancer), time: .iso, accepts: { _, _ in true },
      isOrdinary: { line, fields in
        guard fields.isStatusBelow500(line) else { return false }
        for status: StaticString in ["460", "463", "464", "408"] where fields.isText(.status, status, line) {
          return false
        }
        return true
      }, entry: AWSFields.balancer),
    LogFormat(
      id: "aws-elb", product: .elb, shape: .reader(AWSLine.classic), time: .iso, isTimeOfStart: true,
      accepts: { _, _ in true },
      isOrdinary: { line, fields in
        // A listener for TCP has no status.
        if !fields.hasValue(.status, line) { return true }
        guard fields.isStatusBelow500(line) else { return false }
        for status: StaticString in ["460", "408"] where fields.isText(.status, status, line) { return false }
        return true
      }, entry: AWSFields.classic),
  ]
}
