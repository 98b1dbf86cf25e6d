package io.github.k8sclient.api.apiextensions.v1;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

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
 * Kubernetes API type {@code apiextensions.k8s.io/v1 JSONSchemaPropsOrStringArray}: what
 * a property depends on, a schema or the names of other properties. Immutable and safe
 * for use by several threads.
 *
 * @since 0.1.0
 */
public final class JSONSchemaPropsOrStringArray {

	private final @Nullable JSONSchemaProps schema;

	private final List<String> properties;

	private final @Nullable UnknownFields unknownFields;

	private JSONSchemaPropsOrStringArray(Builder builder) {
		this.schema = builder.schema;
		this.properties = builder.properties;
		this.unknownFields = builder.unknownFields;
	}

	/**
	 * Return the schema.
	 * @return the schema, {@code null} when there is none
	 */
	public @Nullable JSONSchemaProps schema() {
		return this.schema;
	}

	/**
	 * Return the names of other properties.
	 * @return the immutable list, empty when absent
	 */
	public List<String> properties() {
		return this.properties;
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
		builder.properties = this.properties;
		builder.unknownFields = this.unknownFields;
		return builder;
	}

	/**
	 * Read the JSON value at which the reader stands: a schema or an array of names.
	 * @param in the reader
	 * @return the object
	 * @throws DecodingException when it is malformed
	 */
	public static JSONSchemaPropsOrStringArray readJson(JsonReader in) {
		Builder builder = new Builder();
		if (in.isObject()) {
			builder.schema = JSONSchemaProps.readJson(in);
		}
		else {
			builder.properties = in.readStrings();
		}
		return builder.build();
	}

	/**
	 * Read the JSON object at which the reader stands as a map.
	 * @param in the reader
	 * @return the objects, empty for {@code null}
	 * @throws DecodingException when it is malformed
	 */
	public static Map<String, JSONSchemaPropsOrStringArray> readJsonMap(JsonReader in) {
		if (!in.beginMap()) {
			return Map.of();
		}
		int mark = in.mark();
		for (String key = in.nextKey(); key != null; key = in.nextKey()) {
			in.push(key);
			in.push(readJson(in));
		}
		return in.popMap(mark);
	}

	/**
	 * Write this object as JSON: the names if there are any, else the schema, else
	 * {@code null}.
	 * @param out the writer
	 */
	public void writeJson(JsonWriter out) {
		if (!this.properties.isEmpty()) {
			out.writeStrings(this.properties);
		}
		else if (this.schema != null) {
			this.schema.writeJson(out);
		}
		else {
			out.writeNull();
		}
	}

	/**
	 * Read the fields of a message, up to its end.
	 * @param in the reader
	 * @return the object
	 * @throws DecodingException when the message is malformed
	 */
	public static JSONSchemaPropsOrStringArray readProtobuf(ProtobufReader in) {
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
					elements.add(in.readString());
				}
				default -> builder.unknownFields = in.readUnknown(builder.unknownFields);
			}
		}
		builder.properties = in.toList(elements);
		return builder.build();
	}

	/**
	 * Read an entry of a map.
	 * @param in the reader
	 * @param entries what collects the entries, {@code null} for the first one
	 * @return what collects the entries
	 * @throws DecodingException when the entry is malformed
	 */
	public static Elements readProtobufEntry(ProtobufReader in, @Nullable Elements entries) {
		String key = "";
		JSONSchemaPropsOrStringArray value = builder().build();
		in.beginMessage();
		for (int field = in.nextField(); field != 0; field = in.nextField()) {
			switch (field) {
				case 1 -> key = in.readString();
				case 2 -> {
					in.beginMessage();
					value = readProtobuf(in);
				}
				default -> in.skipField();
			}
		}
		Elements target = in.elements(entries);
		target.put(key, value);
		return target;
	}

	/**
	 * Write the fields of this object as a message, the last one first as the writer
	 * wants it.
	 * @param out the writer
	 */
	public void writeProtobuf(ProtobufWriter out) {
		out.writeUnknown(this.unknownFields);
		out.writeStrings(2, this.properties);
		if (this.schema != null) {
			int mark = out.beginMessage();
			this.schema.writeProtobuf(out);
			out.endMessage(1, mark);
		}
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof JSONSchemaPropsOrStringArray that
				&& Objects.equals(this.schema, that.schema) && this.properties.equals(that.properties)
				&& Objects.equals(this.unknownFields, that.unknownFields));
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.schema, this.properties, this.unknownFields);
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
	 * Builder of {@link JSONSchemaPropsOrStringArray}. Not safe for use by several
	 * threads.
	 */
	public static final class Builder {

		private @Nullable JSONSchemaProps schema;

		private List<String> properties = List.of();

		private @Nullable UnknownFields unknownFields;

		private Builder() {
		}

		/**
		 * Set the schema.
		 * @param schema the schema, {@code null} for none
		 * @return this builder
		 */
		public Builder schema(@Nullable JSONSchemaProps schema) {
			this.schema = schema;
			return this;
		}

		/**
		 * Change the schema.
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
		 * Set the names of other properties.
		 * @param properties the names, which replace all former ones
		 * @return this builder
		 */
		public Builder properties(List<String> properties) {
			this.properties = Immutables.copyOf(properties);
			return this;
		}

		/**
		 * Build the object. The builder may be used further.
		 * @return a new object
		 */
		public JSONSchemaPropsOrStringArray build() {
			return new JSONSchemaPropsOrStringArray(this);
		}

	}

}
