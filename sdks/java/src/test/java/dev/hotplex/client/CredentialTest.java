package dev.hotplex.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Without a credential there is a reason. */
class CredentialTest {
  private static AepException why(Supplier<? extends CompletionStage<String>> source) {
    var failure = assertThrows(CompletionException.class, new Credential(null, source).get()::join);
    return assertInstanceOf(AepException.class, failure.getCause());
  }

  @Test
  void aSourceThatFailsIsTheReason() {
    var mistake = new NoClassDefFoundError("Vault");
    var thrown = why(() -> {
      throw mistake;
    });
    assertEquals("UNAUTHORIZED", thrown.code());
    assertSame(mistake, thrown.getCause());
    assertSame(mistake, why(() -> CompletableFuture.failedFuture(mistake)).getCause());
    assertInstanceOf(NullPointerException.class, why(() -> null).getCause());
  }

  @Test
  void aReasonOfItsOwnIsKept() {
    var busy = AepException.of(new AepException.Facts("HTTP_ERROR", "the vault is busy", null, null, true), null);
    assertSame(busy, why(() -> CompletableFuture.failedFuture(busy)));
  }
}
