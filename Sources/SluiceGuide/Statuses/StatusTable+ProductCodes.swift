internal import SluiceCore

extension StatusTable {
  /// Those of frameworks, hosters and services.
  static let productCodes: [StatusEntry] = [
    StatusEntry(
      218, "This Is Fine", "Apache Traffic Server set-ups", .notApplicable, registration: .unregistered,
      meaning:
        "A code by which an origin lets its own error body pass a proxy that would replace it. It is a convention of single set-ups.",
      action: "Read the content: it may tell of a failure."),
    StatusEntry(
      419, "Page Expired", "Laravel", .changed, registration: .unregistered,
      meaning:
        "The token against forged requests is missing or too old: the form was open for too long, or the session is gone.",
      action: "Load the form again and send it."),
    StatusEntry(
      420, "Enhance Your Calm", "Twitter, formerly; old Spring versions for a failed method", .later,
      registration: .unregistered, causes: [.rateLimited],
      meaning:
        "An early code for too many requests; today it is `429`. Old versions of Spring used the number for a method that failed.",
      action: "Ask more slowly."),
    StatusEntry(
      430, "Shopify Security Rejection", "Shopify", .never, registration: .unregistered,
      meaning: "Shopify took the request for harmful. Earlier it meant too many requests at a time.",
      action: "Ask more slowly, and as an ordinary browser does."),
    StatusEntry(
      440, "Login Time-out", "Microsoft IIS, Exchange", .changed, registration: .unregistered,
      meaning: "The session of the signed-in user is over, so that the request is not carried out.",
      action: "Sign in again."),
    StatusEntry(
      449, "Retry With", "Microsoft IIS", .changed, registration: .unregistered,
      meaning: "The request lacks something that the user has to add.", action: "Add what is named, and ask again."),
    StatusEntry(
      450, "Blocked by Windows Parental Controls", "Microsoft", .never, registration: .unregistered,
      meaning: "The parental controls of the client's own machine do not allow the page.",
      action: "Ask whoever set them up."),
    StatusEntry(
      498, "Invalid Token", "Esri ArcGIS", .changed, registration: .unregistered,
      meaning: "The token is not valid or no longer. ArcGIS uses 499 for a token that is missing.",
      action: "Get a new token."),
    StatusEntry(
      509, "Bandwidth Limit Exceeded", "cPanel and other hosters", .later, registration: .unregistered,
      causes: [.rateLimited],
      meaning: "The site has used up the amount of data that its hoster allows. In the registry the number is free.",
      action: "Wait for the next period, or have the amount raised."),
    StatusEntry(
      529, "Site Is Overloaded", "Qualys, Anthropic and others", .later, registration: .unregistered,
      causes: [.adaptiveLimitShed],
      meaning: "The service has more work than it can do. It is a private form of `503`.",
      action: "Wait, and ask again with pauses that grow."),
  ]

  static let moreProductCodes: [StatusEntry] = [
    StatusEntry(
      540, "Temporarily Disabled", "Shopify", .later, registration: .unregistered,
      meaning: "The address was switched off for a time.", action: "Ask again later."),
    StatusEntry(
      598, "Network Read Timeout", "some HTTP proxies, by convention", .laterIfIdempotent,
      registration: .unregistered, causes: [.bodyIdleTimeout, .responseHeaderTimeout],
      meaning: "A proxy waited too long for data from the next hop. The code for that is `504`.",
      action: "As for a `504`."),
    StatusEntry(
      599, "Network Connect Timeout", "some HTTP proxies and clients, by convention", .later,
      registration: .unregistered, causes: [.connectTimeout],
      meaning:
        "A proxy waited too long for a connection to the next hop. Some client libraries use the number for any failure of their own.",
      action: "As for a `504`."),
    StatusEntry(
      783, "Unexpected Token", "Shopify", .changed, registration: .unregistered,
      meaning: "The request holds JSON that is broken. The number lies outside of the classes of HTTP.",
      action: "Correct the JSON."),
    StatusEntry(
      999, "Request Denied", "LinkedIn", .never, registration: .unregistered,
      meaning: "The request is taken for a robot's and refused. The number lies outside of the classes of HTTP.",
      action: "Use the service's API."),
  ]
}
