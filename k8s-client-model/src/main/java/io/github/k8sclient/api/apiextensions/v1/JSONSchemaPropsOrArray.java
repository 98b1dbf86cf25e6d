package io.github.k8sclient.api.apiextensions.v1;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import io.github.k8sclient.codec.BuilderCollections;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.Elements;
import io.github.k8sclient.codec.Immutables;
import io.github.k8sclient.codec.JsonReader;
import io.github.k8sclient.codec.JsonWriter;
import io.github.k8sclient.codec.ProtobufReader;
import io.github.k8sclient.codec.ProtobufWriter;
import io.github.k8sclient.codec.UnknownFields;
import org.jspecify.annotations.Nullable;

/**
 * Kubernetes API type {@code apiextensions.k8s.io/v1 JSONSchemaPropsOrArray}: one schema
 * for all elements, or a list of schemas. Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class JSONSchemaPropsOrArray {

	private final @Nullable JSONSchemaProps schema;

	private final List<JSONSchemaProps> schemas;

	private final @Nullable UnknownFields unknownFields;

	private JSONSchemaPropsOrArray(Builder builder) {
		this.schema = builder.schema;
		this.schemas = Immutables.copyOf(builder.schemas);
		this.unknownFields = builder.unknownFields;
	}

	/**
	 * Return the schema of all elements.
	 * @return the schema, {@code null} when there is none
	 */
	public @Nullable JSONSchemaProps schema() {
		return this.schema;
	}

	/**
	 * Return the list of schemas.
	 * @return the immutable list, empty when absent
	 */
	public List<JSONSchemaProps> schemas() {
		return this.schemas;
	}

	/**
	 * Start with nothing set.
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
		builder.schema = this.schema;
		builder.schemas = this.schemas;
		builder.unknownFields = this.unknownFields;
		return builder;
	}

	/**
	 * Read the JSON value at which the reader stands: a schema or an array of schemas.
	 * @param in the reader
	 * @return the object
	 * @throws DecodingException when it is malformed
	 */
	public static JSONSchemaPropsOrArray readJson(JsonReader in) {
		Builder builder = new Builder();
		if (in.isObject()) {
			builder.schema = JSONSchemaProps.readJson(in);
		}
		else {
			builder.schemas = JSONSchemaProps.readJsonList(in);
		}
		return builder.build();
	}

	/**
	 * Write this object as JSON: the schema if there is one and no list, else an array.
	 * @param out the writer
	 */
	public void writeJson(JsonWriter out) {
		if (this.schema != null && this.schemas.isEmpty()) {
			this.schema.writeJson(out);
			return;
		}
		out.beginArray();
		for (JSONSchemaProps element : this.schemas) {
			element.writeJson(out);
		}
		out.endArray();
	}

	/**
	 * Read the fields of a message, up to its end.
	 * @param in the reader
	 * @return the object
	 * @throws DecodingException when the message is malformed
	 */
	public static JSONSchemaPropsOrArray readProtobuf(ProtobufReader in) {
		Builder builder = new Builder();
		Elements elements = null;
		for (int field = in.nextField(); field != 0; field = in.nextField()) {
			switch (field) {
				case 1 -> {
					in.beginMessage();
					builder.schema = JSONSchemaProps.readProtobuf(in);
				}
				case 2 -> {
					elements = in.elements(elements);
					in.beginMessage();
					elements.add(JSONSchemaProps.readProtobuf(in));
				}
				default -> builder.unknownFields = in.readUnknown(builder.unknownFields);
			}
		}
		builder.schemas = in.toList(elements);
		return builder.build();
	}

	/**
	 * Write the fields of this object as a message, the last one first as the writer
	 * wants it.
	 * @param out the writer
	 */
	public void writeProtobuf(ProtobufWriter out) {
		out.writeUnknown(this.unknownFields);
		for (int index = this.schemas.size() - 1; index >= 0; index--) {
			int mark = out.beginMessage();
			this.schemas.get(index).writeProtobuf(out);
			out.endMessage(2, mark);
		}
		if (this.schema != null) {
			int mark = out.beginMessage();
			this.schema.writeProtobuf(out);
			out.endMessage(1, mark);
		}
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other
				|| (other instanceof JSONSchemaPropsOrArray that && Objects.equals(this.schema, that.schema)
						&& this.schemas.equals(that.schemas) && Objects.equals(this.unknownFields, that.unknownFields));
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.schema, this.schemas, this.unknownFields);
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
	 * Builder of {@link JSONSchemaPropsOrArray}. Not safe for use by several threads.
	 */
	public static final class Builder {

		private @Nullable JSONSchemaProps schema;

		private List<JSONSchemaProps> schemas = List.of();

		private @Nullable UnknownFields unknownFields;

		private Builder() {
		}

		/**
		 * Set the schema of all elements.
		 * @param schema the schema, {@code null} for none
		 * @return this builder
		 */
		public Builder schema(@Nullable JSONSchemaProps schema) {
			this.schema = schema;
			return this;
		}

		/**
		 * Change the schema of all elements.
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
		 * Set the list of schemas.
		 * @param schemas the schemas, which replace all former ones
		 * @return this builder
		 */
		public Builder schemas(List<JSONSchemaProps> schemas) {
			this.schemas = Immutables.copyOf(schemas);
			return this;
		}

		/**
		 * Add to the list of schemas.
		 * @param schema the schema
		 * @return this builder
		 */
		public Builder addSchema(JSONSchemaProps schema) {
			this.schemas = BuilderCollections.append(this.schemas, schema);
			return this;
		}

		/**
		 * Build the object. The builder may be used further.
		 * @return a new object
		 */
		public JSONSchemaPropsOrArray build() {
			return new JSONSchemaPropsOrArray(this);
		}

	}

}
