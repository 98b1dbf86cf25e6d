package io.github.k8sclient.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

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
 * Immutable.
 *
 * @since 0.1.0
 */
public final class Patch {

	private static final JsonMapper mapper = JsonMapper.shared();

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
