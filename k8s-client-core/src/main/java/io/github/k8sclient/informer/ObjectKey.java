package io.github.k8sclient.informer;

import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ObjectMeta;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * The name of an object within its resource: namespace and name, or the name alone for
 * resources without namespaces. Written {@code namespace/name} or {@code name}, as by
 * client-go's {@code MetaNamespaceKeyFunc}.
 * <p>
 * A key says nothing of the identity of an object: an object deleted and made again has
 * the same key and another UID.
 *
 * @param namespace the namespace, {@code null} for objects without one; empty text is
 * taken as {@code null}
 * @param name the name, not empty
 * @since 0.1.0
 */
public record ObjectKey(@Nullable String namespace, String name) {

	/**
	 * Create a key.
	 * @param namespace the namespace, {@code null} or empty for objects without one
	 * @param name the name, not empty
	 */
	public ObjectKey {
		Assert.hasLength(name, "'name' must not be empty");
		namespace = StringUtils.hasLength(namespace) ? namespace : null;
	}

	/**
	 * Return the key of an object.
	 * @param object an object that has a name
	 * @return its key
	 * @throws IllegalArgumentException if the object has no name
	 */
	public static ObjectKey of(KubernetesObject object) {
		Assert.notNull(object, "'object' must not be null");
		ObjectMeta metadata = object.metadata();
		String name = metadata.name();
		Assert.hasLength(name, "'object' must have a name");
		return new ObjectKey(metadata.namespace(), name);
	}

	/**
	 * Read a key from its text, as client-go's {@code SplitMetaNamespaceKey} does.
	 * @param key {@code namespace/name} or {@code name}
	 * @return the key
	 * @throws IllegalArgumentException if the text has more than one slash or no name
	 */
	public static ObjectKey parse(String key) {
		Assert.hasLength(key, "'key' must not be empty");
		int slash = key.indexOf('/');
		if (slash < 0) {
			return new ObjectKey(null, key);
		}
		Assert.isTrue(key.indexOf('/', slash + 1) < 0 && slash < key.length() - 1,
				() -> "'key' must be 'namespace/name' or 'name' but is '" + key + "'");
		return new ObjectKey(key.substring(0, slash), key.substring(slash + 1));
	}

	/**
	 * Return the key as text.
	 * @return {@code namespace/name} or {@code name}
	 */
	@Override
	public String toString() {
		return (this.namespace != null) ? this.namespace + "/" + this.name : this.name;
	}

}
