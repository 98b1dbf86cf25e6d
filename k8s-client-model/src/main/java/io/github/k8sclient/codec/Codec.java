package io.github.k8sclient.codec;

import org.jspecify.annotations.Nullable;

/**
 * Reads and writes one root type, which is a type that is sent on its own: a kind, or one
 * of the meta types such as {@code Status} and {@code DeleteOptions}. In JSON a codec
 * also reads and writes the {@code apiVersion} and {@code kind} members; in protobuf they
 * stand in the envelope around the message (see the {@code wire} package).
 * <p>
 * A codec has no state and may be used by any number of threads.
 *
 * @param <T> the type
 * @since 0.1.0
 */
public interface Codec<T> {

	/**
	 * The Java type.
	 * @return the class of what this codec reads
	 */
	Class<T> type();

	/**
	 * The API version of what this codec reads and writes.
	 * @return the version, such as {@code apps/v1}, or null if it reads objects of any
	 * version; the types of {@code meta/v1} among them are written as {@code v1}
	 */
	@Nullable String apiVersion();

	/**
	 * The kind of what this codec reads and writes.
	 * @return the kind, such as {@code Deployment}, or null if it reads objects of any
	 * kind
	 */
	@Nullable String kind();

	/**
	 * Names the form in which a server is to answer, if it is not the one in which it
	 * keeps its objects.
	 * @param list whether a list is asked for
	 * @return parameters of a media type, such as
	 * {@code as=PartialObjectMetadata;g=meta.k8s.io;v=v1}; null for the ordinary form
	 */
	default @Nullable String representation(boolean list) {
		return null;
	}

	/**
	 * Reads the JSON object at which the reader stands, up to and including its closing
	 * brace.
	 * @param in the reader
	 * @return the object
	 * @throws DecodingException if the bytes are not such an object
	 */
	T readJson(JsonReader in);

	/**
	 * Completes an item of a list. Servers leave out the type of items where the type of
	 * the list tells it.
	 * @param item the item as it was read
	 * @param apiVersion the API version of the list
	 * @param listKind the kind of the list, such as {@code DeploymentList}
	 * @return the item with its type; the item itself unless the type is a part of the
	 * object
	 */
	default T inList(T item, String apiVersion, String listKind) {
		return item;
	}

	/**
	 * Writes an object as JSON.
	 * @param value the object
	 * @param out the writer
	 */
	void writeJson(T value, JsonWriter out);

	/**
	 * Whether the type has a protobuf form. Custom resources have none.
	 * @return true if the protobuf methods may be called
	 */
	boolean supportsProtobuf();

	/**
	 * Reads a message, up to its end.
	 * @param in the reader, which stands at the message's first field
	 * @return the object
	 * @throws DecodingException if the bytes are not such a message
	 * @throws UnsupportedOperationException if the type has no protobuf form
	 */
	T readProtobuf(ProtobufReader in);

	/**
	 * Writes the fields of an object as a message. As the writer fills its buffer from
	 * the end, fields are given to it in descending order.
	 * @param value the object
	 * @param out the writer
	 * @throws UnsupportedOperationException if the type has no protobuf form
	 */
	void writeProtobuf(T value, ProtobufWriter out);

}
