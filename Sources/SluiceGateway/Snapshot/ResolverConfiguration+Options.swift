package import SluiceConfiguration
internal import SluiceCore

extension ResolverConfiguration {
  /// As the resolver takes it: servers as addresses.
  package var options: ResolverOptions {
    var options = ResolverOptions()
    options.timeout = timeout
    options.servers = servers
    return options
  }
}
