package io.github.k8sclient.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.JsonWriter;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.rest.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.util.Assert;

/**
 * A change of a part of an object. It is sent as it is given, and so reaches fields that
 * no class knows.
 *
 * <pre class="code">
 * Patch.merge(Map.of("spec", Map.of("replicas", 3)))
 * Patch.json("[{\"op\": \"remove\", \"path\": \"/metadata/labels/old\"}]")
 * </pre>
 * <p>
 * A name may pass to another object between the moment when an object was read and the
 * moment when it is changed. {@link #guardedBy(KubernetesObject)} keeps a patch from the
 * wrong one:
 *
 * <pre class="code">
 * Patch.strategicMerge(Map.of("spec", Map.of("replicas", 3))).guardedBy(deployment)
 * </pre>
 * <p>
 * Immutable.
 *
 * @since 0.1.0
 */
public final class Patch {

	// Numbers stay as they were given
	private static final JsonMapper mapper = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
		.build();

	private final PatchType type;

	private final byte[] content;

	private Patch(PatchType type, byte[] content) {
		this.type = type;
		this.content = content;
	}

	/**
	 * Return a patch of any type.
	 * @param type the type
	 * @param content the patch, copied
	 * @return the patch
	 */
	public static Patch of(PatchType type, byte[] content) {
		Assert.notNull(type, "'type' must not be null");
		Assert.notNull(content, "'content' must not be null");
		return new Patch(type, content.clone());
	}

	/**
	 * Return a patch of any type.
	 * @param type the type
	 * @param content the patch
	 * @return the patch
	 */
	public static Patch of(PatchType type, String content) {
		Assert.notNull(type, "'type' must not be null");
		Assert.notNull(content, "'content' must not be null");
		return new Patch(type, content.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Return a JSON merge patch.
	 * @param change the members that change, with null for what is removed: maps, lists,
	 * texts, numbers and booleans
	 * @return the patch
	 */
	public static Patch merge(Map<String, ?> change) {
		return new Patch(PatchType.MERGE, mapper.writeValueAsBytes(change));
	}

	/**
	 * Return a JSON merge patch.
	 * @param change the members that change, as JSON
	 * @return the patch
	 */
	public static Patch merge(String change) {
		return of(PatchType.MERGE, change);
	}

	/**
	 * Return a strategic merge patch, for built-in kinds.
	 * @param change the members that change: maps, lists, texts, numbers and booleans
	 * @return the patch
	 */
	public static Patch strategicMerge(Map<String, ?> change) {
		return new Patch(PatchType.STRATEGIC_MERGE, mapper.writeValueAsBytes(change));
	}

	/**
	 * Return a strategic merge patch, for built-in kinds.
	 * @param change the members that change, as JSON
	 * @return the patch
	 */
	public static Patch strategicMerge(String change) {
		return of(PatchType.STRATEGIC_MERGE, change);
	}

	/**
	 * Return a JSON patch.
	 * @param operations the operations, each with {@code op}, {@code path} and what else
	 * it needs
	 * @return the patch
	 */
	public static Patch json(List<? extends Map<String, ?>> operations) {
		return new Patch(PatchType.JSON, mapper.writeValueAsBytes(operations));
	}

	/**
	 * Return a JSON patch.
	 * @param operations the operations, as JSON
	 * @return the patch
	 */
	public static Patch json(String operations) {
		return of(PatchType.JSON, operations);
	}

	/**
	 * Return a patch that applies what a field manager wants: without managed fields,
	 * which the server does not take.
	 */
	static <T> Patch apply(T object, Codec<T> codec) {
		Assert.notNull(object, "'object' must not be null");
		JsonWriter out = JsonWriter.applying();
		codec.writeJson(object, out);
		byte[] content = out.toByteArray();
		boolean wasRead = object instanceof KubernetesObject kubernetesObject
				&& !kubernetesObject.metadata().managedFields().isEmpty();
		return new Patch(PatchType.APPLY, wasRead ? withoutManagedFields(content) : content);
	}

	private static byte[] withoutManagedFields(byte[] content) {
		JsonNode document = mapper.readTree(content);
		((ObjectNode) document.required("metadata")).remove("managedFields");
		return mapper.writeValueAsBytes(document);
	}

	/**
	 * Return this patch for one object only: with its {@code metadata.uid}, so that
	 * another object that has taken its name stays as it is.
	 * @param object the object, read before
	 * @return a new patch; sending it fails with an
	 * {@link io.github.k8sclient.ObjectRecreatedException} if the name has passed to
	 * another object, and with a {@link io.github.k8sclient.NotFoundException} if there
	 * is none
	 * @throws IllegalStateException if this patch is not JSON
	 */
	public Patch guardedBy(KubernetesObject object) {
		Assert.notNull(object, "'object' must not be null");
		return withMetadata("uid", object.metadata().uid());
	}

	/**
	 * Return this patch for one version of one object only: with its {@code metadata.uid}
	 * and {@code metadata.resourceVersion}.
	 * @param object the object, read before
	 * @return a new patch; sending it fails as that of
	 * {@link #guardedBy(KubernetesObject)} does, and with a
	 * {@link io.github.k8sclient.ConflictException} if the object has changed since it
	 * was read
	 * @throws IllegalStateException if this patch is not JSON
	 */
	public Patch guardedByVersionOf(KubernetesObject object) {
		return guardedBy(object).withMetadata("resourceVersion", object.metadata().resourceVersion());
	}

	private Patch withMetadata(String member, @Nullable String value) {
		Assert.hasText(value, () -> "The object has no metadata." + member + ": was it read from a server?");
		JsonNode patch = read();
		if (patch instanceof ObjectNode object) {
			object.withObjectProperty("metadata").put(member, value);
		}
		else {
			// Not the operation "test": that it fails would not tell the reason
			((ArrayNode) patch).insertObject(0)
				.put("op", "replace")
				.put("path", "/metadata/" + member)
				.put("value", value);
		}
		return new Patch(this.type, mapper.writeValueAsBytes(patch));
	}

	private JsonNode read() {
		try {
			JsonNode patch = mapper.readTree(this.content);
			Assert.state((this.type == PatchType.JSON) ? patch.isArray() : patch.isObject(),
					() -> "No patch of type " + this.type + ", which cannot be guarded: " + patch.getNodeType());
			return patch;
		}
		catch (JacksonException ex) {
			throw new IllegalStateException("Only a patch in JSON can be guarded", ex);
		}
	}

	/**
	 * Make this patch the body of a request.
	 */
	Request addTo(Request request) {
		return request.body(this.content, this.type.mediaType());
	}

	/**
	 * Return the type.
	 * @return the type
	 */
	public PatchType type() {
		return this.type;
	}

	/**
	 * Return what is sent.
	 * @return a copy of the bytes
	 */
	public byte[] content() {
		return this.content.clone();
	}

	/**
	 * Return the type and the length. The content may be secret.
	 */
	@Override
	public String toString() {
		return "Patch[" + this.type + ", " + this.content.length + " bytes]";
	}

}
