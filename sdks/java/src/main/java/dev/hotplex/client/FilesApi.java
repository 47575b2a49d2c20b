package dev.hotplex.client;

import dev.hotplex.client.HttpRequests.Request;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files for the prompts of a session. Requests fail with AepException. */
public final class FilesApi {
  private final HttpRequests http;

  FilesApi(HttpRequests http) {
    this.http = http;
  }

  /** {@code url} is the http(s) or ws(s) address of the gateway. */
  public static FilesApiBuilder builder(String url) {
    return new FilesApiBuilder(url);
  }

  public Reply<FileList> list(String sessionId) {
    return http.send(Request.of("GET", path(sessionId)), FileList.class);
  }

  /** Gives a session a file; {@code name} may have a path, of which the last part counts. */
  public Reply<UploadedFile> upload(String sessionId, String name, byte[] content) {
    return http.send(new Request("POST", path(sessionId), Map.of("name", name), content), UploadedFile.class);
  }

  /** Lets the gateway fetch what lies at an address of the public internet; without a name it has that of the address. */
  public Reply<UploadedFile> uploadFrom(String sessionId, String url, @Nullable String name) {
    var body = new HashMap<>(Map.of("url", url));
    if (name != null) body.put("name", name);
    return http.send(new Request("POST", path(sessionId) + "/fetch", Map.of(), body), UploadedFile.class);
  }

  public Reply<byte[]> download(String sessionId, String fileId) {
    return http.send(Request.of("GET", path(sessionId, fileId)), byte[].class);
  }

  /** Removes a file, and the copy that an agent has of it. */
  public Reply<@Nullable Void> remove(String sessionId, String fileId) {
    return http.send(Request.of("DELETE", path(sessionId, fileId)), null);
  }

  private static String path(String sessionId) {
    return "/api/sessions/" + HttpRequests.escape(sessionId) + "/files";
  }

  private static String path(String sessionId, String fileId) {
    return path(sessionId) + "/" + HttpRequests.escape(fileId);
  }
}
