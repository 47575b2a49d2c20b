package dev.hotplex.client;

/** Makes a {@link SessionsApi}. */
public final class SessionsApiBuilder extends AccessBuilder<SessionsApiBuilder> {
  private final String url;

  SessionsApiBuilder(String url) {
    this.url = url;
  }

  @Override
  SessionsApiBuilder self() {
    return this;
  }

  public SessionsApi build() {
    return new SessionsApi(new HttpRequests(Addresses.origin(url), credential, trace, http()));
  }
}
