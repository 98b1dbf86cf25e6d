package io.github.k8sclient.api.apiextensions.v1;

import java.util.Objects;
import java.util.function.Consumer;

import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.JsonReader;
import io.github.k8sclient.codec.JsonWriter;
import io.github.k8sclient.codec.ProtobufReader;
import io.github.k8sclient.codec.ProtobufWriter;
import io.github.k8sclient.codec.UnknownFields;
import org.jspecify.annotations.Nullable;

/**
 * Kubernetes API type {@code apiextensions.k8s.io/v1 JSONSchemaPropsOrBool}: a schema, or
 * just whether anything is allowed. Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class JSONSchemaPropsOrBool {

	private final boolean allows;

	private final @Nullable JSONSchemaProps schema;

	private final @Nullable UnknownFields unknownFields;

	private JSONSchemaPropsOrBool(Builder builder) {
		this.allows = builder.allows;
		this.schema = builder.schema;
		this.unknownFields = builder.unknownFields;
	}

	/**
	 * Whether values are allowed at all.
	 * @return {@code true} also when there is a schema
	 */
	public boolean allows() {
		return this.allows;
	}

	/**
	 * Return the schema of the values.
	 * @return the schema, {@code null} when there is none
	 */
	public @Nullable JSONSchemaProps schema() {
		return this.schema;
	}

	/**
	 * Start with "nothing is allowed".
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Start with the content of this object.
	 * @return a new builder
	 */
	public Builder toBuilder() {
		Builder builder = new Builder();
		builder.allows = this.allows;
		builder.schema = this.schema;
		builder.unknownFields = this.unknownFields;
		return builder;
	}

	/**
	 * Read the JSON value at which the reader stands: {@code true}, {@code false} or a
	 * schema.
	 * @param in the reader
	 * @return the object
	 * @throws DecodingException when it is malformed
	 */
	public static JSONSchemaPropsOrBool readJson(JsonReader in) {
		if (in.isObject()) {
			return builder().schema(JSONSchemaProps.readJson(in)).build();
		}
		Boolean allows = in.readBoolean();
		return builder().allows(Boolean.TRUE.equals(allows)).build();
	}

	/**
	 * Write this object as JSON: the schema if there is one, else {@code true} or
	 * {@code false}.
	 * @param out the writer
	 */
	public void writeJson(JsonWriter out) {
		if (this.schema != null) {
			this.schema.writeJson(out);
		}
		else {
			out.writeBoolean(this.allows);
		}
	}

	/**
	 * Read the fields of a message, up to its end.
	 * @param in the reader
	 * @return the object
	 * @throws DecodingException when the message is malformed
	 */
	public static JSONSchemaPropsOrBool readProtobuf(ProtobufReader in) {
		Builder builder = new Builder();
		for (int field = in.nextField(); field != 0; field = in.nextField()) {
			switch (field) {
				case 1 -> builder.allows = in.readBoolean();
				case 2 -> {
					in.beginMessage();
					builder.schema = JSONSchemaProps.readProtobuf(in);
				}
				default -> builder.unknownFields = in.readUnknown(builder.unknownFields);
			}
		}
		return builder.build();
	}

	/**
	 * Write the fields of this object as a message, the last one first as the writer
	 * wants it.
	 * @param out the writer
	 */
	public void writeProtobuf(ProtobufWriter out) {
		out.writeUnknown(this.unknownFields);
		if (this.schema != null) {
			int mark = out.beginMessage();
			this.schema.writeProtobuf(out);
			out.endMessage(2, mark);
		}
		out.writeBoolean(1, this.allows);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof JSONSchemaPropsOrBool that && this.allows == that.allows
				&& Objects.equals(this.schema, that.schema) && Objects.equals(this.unknownFields, that.unknownFields));
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.allows, this.schema, this.unknownFields);
	}

	/**
	 * Return the JSON value, for people to read.
	 * @return JSON text
	 */
	@Override
	public String toString() {
		JsonWriter out = new JsonWriter();
		writeJson(out);
		return out.toString();
	}

	/**
	 * Builder of {@link JSONSchemaPropsOrBool}. Not safe for use by several threads.
	 */
	public static final class Builder {

		private boolean allows;

		private @Nullable JSONSchemaProps schema;

		private @Nullable UnknownFields unknownFields;

		private Builder() {
		}

		/**
		 * Set whether values are allowed at all. It only shows in JSON when there is no
		 * schema.
		 * @param allows whether values are allowed
		 * @return this builder
		 */
		public Builder allows(boolean allows) {
			this.allows = allows;
			return this;
		}

		/**
		 * Set the schema of the values, which are then allowed.
		 * @param schema the schema
		 * @return this builder
		 */
		public Builder schema(JSONSchemaProps schema) {
			this.schema = Objects.requireNonNull(schema, "'schema' must not be null");
			this.allows = true;
			return this;
		}

		/**
		 * Change the schema of the values, which are then allowed.
		 * @param schema receives the builder of the schema
		 * @return this builder
		 */
		public Builder schema(Consumer<JSONSchemaProps.Builder> schema) {
			JSONSchemaProps.Builder builder = (this.schema != null) ? this.schema.toBuilder()
					: JSONSchemaProps.builder();
			schema.accept(builder);
			return schema(builder.build());
		}

		/**
		 * Build the object. The builder may be used further.
		 * @return a new object
		 */
		public JSONSchemaPropsOrBool build() {
			return new JSONSchemaPropsOrBool(this);
		}

	}

}
