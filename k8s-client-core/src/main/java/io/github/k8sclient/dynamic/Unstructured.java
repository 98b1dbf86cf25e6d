package io.github.k8sclient.dynamic;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.JsonReader;
import io.github.k8sclient.codec.JsonValues;
import io.github.k8sclient.codec.JsonWriter;
import io.github.k8sclient.discovery.ServerResource;
import io.github.k8sclient.meta.GroupVersionKind;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.resource.Resources;
import io.github.k8sclient.wire.ObjectDecoder;
import io.github.k8sclient.wire.WireFormat;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * An object of any kind, as the tree of its document. Its metadata are those of every
 * other object; the rest is read by path, with the type that is expected:
 *
 * <pre class="code">
 * String version = prometheus.nestedString("spec", "version");
 * Unstructured scaled = prometheus.toBuilder().set(3, "spec", "replicas").build();
 * </pre>
 * <p>
 * Integers are integers: a {@link Long}, or a {@link BigInteger} of more than 64 bits.
 * Numbers with a fraction or an exponent are a {@link BigDecimal} with exactly the digits
 * of the document. Nothing of a document is dropped, whether somebody knows it or not.
 * <p>
 * Immutable, so that objects can be shared by informers and their handlers; a change is
 * made by a {@link #toBuilder() builder}, and shares what does not change.
 *
 * @since 0.1.0
 */
public final class Unstructured implements KubernetesObject {

	/**
	 * Reads and writes objects of any kind, in JSON.
	 */
	public static final Codec<Unstructured> CODEC = new UnstructuredCodec();

	static final String METADATA = "metadata";

	private static final String API_VERSION = "apiVersion";

	private static final String KIND = "kind";

	private static final String ITEMS = "items";

	/**
	 * The members of the document, the metadata as an {@link ObjectMeta}.
	 */
	private final Map<String, @Nullable Object> members;

	Unstructured(Map<String, @Nullable Object> members) {
		this.members = members;
	}

	/**
	 * Return an object with the given members.
	 * @param members the members of the document: texts, booleans, numbers, collections,
	 * and maps with texts as keys; copied
	 * @return the object
	 * @throws IllegalArgumentException if a value is of another type
	 * @throws FieldTypeException if {@code apiVersion}, {@code kind} or {@code metadata}
	 * is not what it must be
	 */
	public static Unstructured of(Map<String, ?> members) {
		Assert.notNull(members, "'members' must not be null");
		Builder builder = new Builder();
		members.forEach((name, value) -> builder.set(value, name));
		return builder.build();
	}

	/**
	 * Return the object of another class as a tree.
	 * @param object an object of a built-in kind, or of a class that is annotated with
	 * {@link io.github.k8sclient.meta.CustomResource}
	 * @return the object as its document shows it
	 * @throws IllegalArgumentException if the class is neither
	 */
	public static Unstructured of(KubernetesObject object) {
		Assert.notNull(object, "'object' must not be null");
		if (object instanceof Unstructured unstructured) {
			return unstructured;
		}
		return of(object, Resources.of(object.getClass()).codec());
	}

	private static <T> Unstructured of(KubernetesObject object, Codec<T> codec) {
		JsonWriter out = new JsonWriter();
		codec.writeJson(codec.type().cast(object), out);
		return decode(CODEC, out.toByteArray());
	}

	/**
	 * Return the object of a JSON document.
	 * @param json the document
	 * @return the object
	 * @throws DecodingException if the text is not a JSON object
	 */
	public static Unstructured parse(byte[] json) {
		Assert.notNull(json, "'json' must not be null");
		return decode(CODEC, json);
	}

	private static <T> T decode(Codec<T> codec, byte[] json) {
		return ObjectDecoder.decode(codec, WireFormat.JSON, json, DecodingOptions.defaults());
	}

	/**
	 * Start an object.
	 * @param apiVersion the API version, such as {@code monitoring.coreos.com/v1}
	 * @param kind the kind, such as {@code Prometheus}
	 * @return a new builder
	 */
	public static Builder builder(String apiVersion, String kind) {
		return new Builder().set(apiVersion, API_VERSION).set(kind, KIND);
	}

	/**
	 * Describe a resource whose objects are to be trees, for an informer or a client.
	 * @param resource the resource
	 * @param kind the kind of its objects
	 * @return a builder of the description, which is namespaced and has all verbs if it
	 * is not told otherwise
	 */
	public static ResourceDescriptor.Builder<Unstructured> descriptor(GroupVersionResource resource, String kind) {
		Assert.notNull(resource, "'resource' must not be null");
		return ResourceDescriptor.builder(Unstructured.class, resource.groupVersion().toString(), kind,
				resource.resource(), CODEC);
	}

	/**
	 * Describe a resource whose objects are to be trees, as the server describes it.
	 * @param resource the resource
	 * @return the description
	 */
	public static ResourceDescriptor<Unstructured> descriptor(ServerResource resource) {
		Assert.notNull(resource, "'resource' must not be null");
		ResourceDescriptor.Builder<Unstructured> builder = descriptor(resource.resource(), resource.kind().kind())
			.verbs(resource.verbs().toArray(String[]::new));
		return (resource.namespaced() ? builder : builder.clusterScoped()).build();
	}

	/**
	 * Return the API version.
	 * @return the API version, empty when the document had none
	 */
	@Override
	public String apiVersion() {
		return text(API_VERSION);
	}

	/**
	 * Return the kind.
	 * @return the kind, empty when the document had none
	 */
	@Override
	public String kind() {
		return text(KIND);
	}

	private String text(String name) {
		return (this.members.get(name) instanceof String text) ? text : "";
	}

	@Override
	public ObjectMeta metadata() {
		return (this.members.get(METADATA) instanceof ObjectMeta metadata) ? metadata : ObjectMeta.EMPTY;
	}

	/**
	 * Return the full name of the kind.
	 * @return the group, version and kind
	 * @throws IllegalArgumentException if the document had none
	 */
	public GroupVersionKind groupVersionKind() {
		return GroupVersionKind.of(apiVersion(), kind());
	}

	/**
	 * Return a value of any type.
	 * @param path the names that lead to the value
	 * @return the value: a String, Boolean, Long, BigInteger, BigDecimal, or an immutable
	 * List or Map of these; {@code null} if there is none, or if it is null
	 * @throws FieldTypeException if something on the way is not an object
	 */
	public @Nullable Object nested(String... path) {
		Assert.notEmpty(path, "'path' must not be empty");
		List<String> names = List.of(path);
		Object value = member(names.get(0));
		for (int index = 1; index < path.length && value != null; index++) {
			if (!(value instanceof Map<?, ?> map)) {
				throw new FieldTypeException(description(), names.subList(0, index), "an object", value);
			}
			value = map.get(path[index]);
		}
		return value;
	}

	private @Nullable Object member(String name) {
		Object value = this.members.get(name);
		return (value instanceof ObjectMeta metadata) ? MetadataTree.of(metadata) : value;
	}

	/**
	 * Return a text.
	 * @param path the names that lead to the value
	 * @return the text, {@code null} if there is none
	 * @throws FieldTypeException if it is not a text
	 */
	public @Nullable String nestedString(String... path) {
		return nested(String.class, "a text", path);
	}

	/**
	 * Return true or false.
	 * @param path the names that lead to the value
	 * @return the value, {@code null} if there is none
	 * @throws FieldTypeException if it is not true or false
	 */
	public @Nullable Boolean nestedBoolean(String... path) {
		return nested(Boolean.class, "a boolean", path);
	}

	/**
	 * Return an integer of up to 64 bits.
	 * @param path the names that lead to the value
	 * @return the integer, {@code null} if there is none
	 * @throws FieldTypeException if it is not an integer, or has more than 64 bits
	 */
	public @Nullable Long nestedLong(String... path) {
		return nested(Long.class, "an integer of 64 bits", path);
	}

	/**
	 * Return a number with all of its digits.
	 * @param path the names that lead to the value
	 * @return the number, {@code null} if there is none
	 * @throws FieldTypeException if it is not a number
	 */
	public @Nullable BigDecimal nestedDecimal(String... path) {
		Number number = nested(Number.class, "a number", path);
		if (number instanceof BigInteger integer) {
			return new BigDecimal(integer);
		}
		return (number instanceof Long integer) ? BigDecimal.valueOf(integer) : (BigDecimal) number;
	}

	/**
	 * Return a number as a double, which may have fewer digits.
	 * @param path the names that lead to the value
	 * @return the number, {@code null} if there is none
	 * @throws FieldTypeException if it is not a number
	 */
	public @Nullable Double nestedDouble(String... path) {
		Number number = nested(Number.class, "a number", path);
		return (number != null) ? (Double) number.doubleValue() : null;
	}

	/**
	 * Return an array.
	 * @param path the names that lead to the value
	 * @return the elements, an immutable list; {@code null} if there is no array
	 * @throws FieldTypeException if it is not an array
	 */
	@SuppressWarnings("unchecked")
	public @Nullable List<@Nullable Object> nestedList(String... path) {
		return nested(List.class, "an array", path);
	}

	/**
	 * Return an object.
	 * @param path the names that lead to the value
	 * @return the members, an immutable map; {@code null} if there is no object
	 * @throws FieldTypeException if it is not an object
	 */
	@SuppressWarnings("unchecked")
	public @Nullable Map<String, @Nullable Object> nestedMap(String... path) {
		return nested(Map.class, "an object", path);
	}

	/**
	 * Return an array of texts.
	 * @param path the names that lead to the value
	 * @return the texts, an immutable list; {@code null} if there is no array
	 * @throws FieldTypeException if it is not an array, or an element is not a text
	 */
	public @Nullable List<String> nestedStrings(String... path) {
		List<@Nullable Object> list = nestedList(path);
		if (list == null) {
			return null;
		}
		List<String> texts = new ArrayList<>(list.size());
		for (int index = 0; index < list.size(); index++) {
			texts.add(elementAsText(list.get(index), "[" + index + "]", path));
		}
		return List.copyOf(texts);
	}

	/**
	 * Return an object whose members are texts.
	 * @param path the names that lead to the value
	 * @return the texts by name, an immutable map; {@code null} if there is no object
	 * @throws FieldTypeException if it is not an object, or a member is not a text
	 */
	public @Nullable Map<String, String> nestedStringMap(String... path) {
		Map<String, @Nullable Object> map = nestedMap(path);
		if (map == null) {
			return null;
		}
		map.forEach((name, value) -> elementAsText(value, "." + name, path));
		@SuppressWarnings({ "unchecked", "rawtypes" })
		Map<String, String> texts = (Map) map;
		return texts;
	}

	private String elementAsText(@Nullable Object value, String suffix, String... path) {
		if (value instanceof String text) {
			return text;
		}
		List<String> names = new ArrayList<>(List.of(path));
		names.add(names.remove(names.size() - 1) + suffix);
		throw new FieldTypeException(description(), names, "a text", value);
	}

	private <V> @Nullable V nested(Class<V> type, String expected, String... path) {
		Object value = nested(path);
		if (value != null && !type.isInstance(value)) {
			throw new FieldTypeException(description(), List.of(path), expected, value);
		}
		return type.cast(value);
	}

	/**
	 * Return whether the object is a list of others, such as {@code PodList} or the
	 * {@code List} of kubectl.
	 * @return {@code true} if it has an array of items
	 */
	public boolean isList() {
		return this.members.get(ITEMS) instanceof List;
	}

	/**
	 * Return the objects in a list.
	 * @return the items; empty if this is not a list. Items that do not say their type
	 * have the one that the type of the list tells
	 * @throws FieldTypeException if an item is not an object
	 */
	public List<Unstructured> items() {
		List<Unstructured> items = new ArrayList<>();
		if (this.members.get(ITEMS) instanceof List<?> list) {
			for (int index = 0; index < list.size(); index++) {
				items.add(item(list.get(index), index));
			}
		}
		return List.copyOf(items);
	}

	@SuppressWarnings("unchecked")
	private Unstructured item(@Nullable Object item, int index) {
		if (!(item instanceof Map<?, ?> map)) {
			throw new FieldTypeException(description(), List.of("items[" + index + "]"), "an object", item);
		}
		return of((Map<String, ?>) map).inList(apiVersion(), kind());
	}

	/**
	 * Complete an item of a list, which need not say its type.
	 */
	Unstructured inList(String apiVersion, String listKind) {
		if (!kind().isEmpty() || !listKind.endsWith("List")) {
			return this;
		}
		return toBuilder().set(apiVersion, API_VERSION)
			.set(listKind.substring(0, listKind.length() - "List".length()), KIND)
			.build();
	}

	/**
	 * Return the object as one of another class.
	 * @param type the class of a built-in kind, or one that is annotated with
	 * {@link io.github.k8sclient.meta.CustomResource}
	 * @param <T> the type of the object
	 * @return the object; members that the class does not know are treated as the class
	 * treats those that a server sends
	 * @throws DecodingException if the object does not fit the class
	 * @throws IllegalArgumentException if the class is neither of a built-in kind nor
	 * annotated
	 */
	public <T extends KubernetesObject> T to(Class<T> type) {
		JsonWriter out = new JsonWriter();
		writeJson(out);
		return decode(Resources.of(type).codec(), out.toByteArray());
	}

	/**
	 * Return the whole document as a tree.
	 * @return the members in their order, an immutable map
	 */
	public Map<String, @Nullable Object> toMap() {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		this.members.keySet().forEach((name) -> map.put(name, member(name)));
		return Collections.unmodifiableMap(map);
	}

	/**
	 * Start with the content of this object.
	 * @return a new builder
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/**
	 * Read the object that comes next in a JSON document.
	 * @param in the reader
	 * @return the object
	 * @throws DecodingException if there is none
	 */
	public static Unstructured readJson(JsonReader in) {
		Map<String, @Nullable Object> members = new LinkedHashMap<>();
		in.beginObject();
		for (String name = in.nextKey(); name != null; name = in.nextKey()) {
			members.put(name, readMember(name, in));
		}
		return new Unstructured(JsonValues.object(members));
	}

	private static @Nullable Object readMember(String name, JsonReader in) {
		return switch (name) {
			case API_VERSION, KIND -> in.readString();
			case METADATA -> in.readNull() ? null : ObjectMeta.readJson(in);
			default -> JsonValues.read(in);
		};
	}

	/**
	 * Write this object as JSON, the members sorted by their names as Go does.
	 * @param out the writer
	 */
	public void writeJson(JsonWriter out) {
		out.beginObject();
		for (Map.Entry<String, @Nullable Object> entry : JsonWriter.sorted(this.members)) {
			out.key(entry.getKey());
			if (entry.getValue() instanceof ObjectMeta metadata) {
				metadata.writeJson(out);
			}
			else {
				JsonValues.write(entry.getValue(), out);
			}
		}
		out.endObject();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof Unstructured that && this.members.equals(that.members));
	}

	@Override
	public int hashCode() {
		return this.members.hashCode();
	}

	/**
	 * Return the JSON document, for people to read. Of a {@code Secret} and of what
	 * carries tokens, the credentials are left out.
	 * @return JSON text
	 */
	@Override
	public String toString() {
		JsonWriter out = JsonWriter.redacting();
		Credentials.hide(this).writeJson(out);
		return out.toString();
	}

	/**
	 * Return the object in a few words, for messages.
	 */
	String description() {
		String name = String.valueOf(metadata().name());
		String namespace = metadata().namespace();
		return (kind().isEmpty() ? "object" : kind()) + " " + ((namespace != null) ? namespace + "/" : "") + name;
	}

	/**
	 * Builder of {@link Unstructured}. Not safe for use by several threads.
	 */
	public static final class Builder {

		private Map<String, @Nullable Object> members;

		private Builder() {
			this.members = Map.of();
		}

		private Builder(Unstructured object) {
			this.members = object.members;
		}

		/**
		 * Set the metadata.
		 * @param metadata the metadata
		 * @return this builder
		 */
		public Builder metadata(ObjectMeta metadata) {
			Assert.notNull(metadata, "'metadata' must not be null");
			this.members = Trees.with(this.members, METADATA, metadata);
			return this;
		}

		/**
		 * Change the metadata.
		 * @param metadata receives the builder of the metadata
		 * @return this builder
		 */
		public Builder metadata(Consumer<ObjectMeta.Builder> metadata) {
			ObjectMeta.Builder builder = new Unstructured(this.members).metadata().toBuilder();
			metadata.accept(builder);
			return metadata(builder.build());
		}

		/**
		 * Set a value. Objects on the way to it are made where there are none.
		 * @param value the value: a text, a boolean, a number, a collection, a map with
		 * texts as keys, or {@code null} for a JSON null; copied
		 * @param path the names that lead to the value
		 * @return this builder
		 * @throws IllegalArgumentException if the value is of another type
		 * @throws FieldTypeException if something on the way is not an object, or the
		 * value is not what {@code apiVersion}, {@code kind} or {@code metadata} must be
		 */
		public Builder set(@Nullable Object value, String... path) {
			if (value instanceof ObjectMeta metadata && path.length == 1 && path[0].equals(METADATA)) {
				return metadata(metadata);
			}
			Object copy = JsonValues.copyOf(value);
			return change((members) -> Trees.set(members, copy, path, this::wrongType), path);
		}

		/**
		 * Remove a value, if there is one.
		 * @param path the names that lead to the value
		 * @return this builder
		 * @throws FieldTypeException if something on the way is not an object
		 */
		public Builder remove(String... path) {
			return change((members) -> Trees.remove(members, path, this::wrongType), path);
		}

		private Builder change(Function<Map<String, @Nullable Object>, Map<String, @Nullable Object>> change,
				String... path) {
			Assert.notEmpty(path, "'path' must not be empty");
			boolean ofMetadata = path[0].equals(METADATA);
			Map<String, @Nullable Object> changed = change
				.apply(ofMetadata ? MetadataTree.expand(this.members) : this.members);
			this.members = ofMetadata ? MetadataTree.collapse(changed, this::wrongType) : changed;
			if (path[0].equals(API_VERSION) || path[0].equals(KIND)) {
				requireText(path[0]);
			}
			return this;
		}

		private void requireText(String name) {
			Object value = this.members.get(name);
			if (value != null && !(value instanceof String)) {
				throw wrongType(List.of(name), "a text", value);
			}
		}

		private FieldTypeException wrongType(List<String> path, String expected, @Nullable Object value) {
			return new FieldTypeException(new Unstructured(this.members).description(), path, expected, value);
		}

		/**
		 * Build the object. The builder may be used further.
		 * @return a new object
		 */
		public Unstructured build() {
			return new Unstructured(this.members);
		}

	}

}
