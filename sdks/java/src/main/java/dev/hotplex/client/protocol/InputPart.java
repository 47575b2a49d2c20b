// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** Text, Image, File: a piece of what is said. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = InputPart.Text.class, name = "text"),
  @JsonSubTypes.Type(value = InputPart.Image.class, name = "image"),
  @JsonSubTypes.Type(value = InputPart.File.class, name = "file")
})
public sealed interface InputPart {
  record Text(
      @JsonProperty(required = true) String text) implements InputPart {}

  record Image(
      @JsonProperty(required = true) String mediaType,
      @JsonProperty(required = true) String data,
      @Nullable String name) implements InputPart {}

  record File(
      @JsonProperty(required = true) String fileId,
      @Nullable String name) implements InputPart {}
}
