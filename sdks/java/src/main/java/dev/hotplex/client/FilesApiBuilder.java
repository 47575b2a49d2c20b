package dev.hotplex.client;

/** Makes a {@link FilesApi}. */
public final class FilesApiBuilder extends AccessBuilder<FilesApiBuilder> {
  private final String url;

  FilesApiBuilder(String url) {
    this.url = url;
  }

  @Override
  FilesApiBuilder self() {
    return this;
  }

  public FilesApi build() {
    return new FilesApi(new HttpRequests(Addresses.origin(url), credential, trace, http()));
  }
}
