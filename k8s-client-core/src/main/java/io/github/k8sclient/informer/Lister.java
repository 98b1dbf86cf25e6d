package io.github.k8sclient.informer;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.k8sclient.meta.FieldQuery;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.LabelQuery;
import io.github.k8sclient.meta.LabelSelector;
import io.github.k8sclient.meta.ResourceDescriptor;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Reads the objects of an informer in the terms of the API: by namespace, name and label
 * selector. Never makes a request; see {@link Store} for what a read sees. Thread-safe.
 *
 * @param <T> the type of the objects
 * @since 0.1.0
 */
public final class Lister<T extends KubernetesObject> {

	private final Indexer<T> indexer;

	private final ResourceDescriptor<T> resource;

	Lister(Indexer<T> indexer, ResourceDescriptor<T> resource) {
		this.indexer = indexer;
		this.resource = resource;
	}

	/**
	 * Return all objects, in all namespaces.
	 * @return the objects, a copy in no particular order
	 */
	public List<T> list() {
		return this.indexer.list();
	}

	/**
	 * Return the objects that a label selector matches, in all namespaces.
	 * @param labelSelector the selector in the syntax of the API, such as
	 * {@code app=demo,tier in (web, cache)}; empty for all objects
	 * @return the objects, a copy in no particular order
	 * @throws IllegalArgumentException if the selector is not valid
	 */
	public List<T> list(String labelSelector) {
		return list(LabelQuery.parse(labelSelector));
	}

	/**
	 * Return the objects that a label selector matches, in all namespaces.
	 * @param labelSelector the selector as objects such as Deployments hold it
	 * @return the objects, a copy in no particular order
	 * @throws IllegalArgumentException if the selector is not valid
	 */
	public List<T> list(LabelSelector labelSelector) {
		return list(LabelQuery.of(labelSelector));
	}

	/**
	 * Return the objects with certain labels, in all namespaces.
	 * @param labels what is required of the labels
	 * @return the objects, a copy in no particular order
	 */
	public List<T> list(LabelQuery labels) {
		Assert.notNull(labels, "'labels' must not be null");
		if (labels.isEmpty()) {
			return list();
		}
		return this.indexer.stream().filter((object) -> labels.matches(object.metadata().labels())).toList();
	}

	/**
	 * Return the objects that a label selector and a field selector match, in all
	 * namespaces, as the server would answer.
	 * @param labelSelector the label selector in the syntax of the API; empty for all
	 * objects
	 * @param fieldSelector the field selector in the syntax of the API, such as
	 * {@code spec.nodeName=worker-1,status.phase!=Running}; empty for all objects. The
	 * fields are those that the server knows for the resource: name and namespace for
	 * every one, few others for some built-in kinds, and for custom resources those that
	 * the {@linkplain io.github.k8sclient.meta.CustomResource#selectableFields()
	 * annotation} or the
	 * {@linkplain io.github.k8sclient.meta.ResourceDescriptor#selectableFields()
	 * description} names
	 * @return the objects, a copy in no particular order
	 * @throws IllegalArgumentException if one of the selectors is not valid, or a field
	 * is not known here
	 */
	public List<T> list(String labelSelector, String fieldSelector) {
		return list(LabelQuery.parse(labelSelector), FieldQuery.parse(fieldSelector));
	}

	/**
	 * Return the objects with certain labels and fields, in all namespaces, as the server
	 * would answer.
	 * @param labels what is required of the labels
	 * @param fields what is required of the fields
	 * @return the objects, a copy in no particular order
	 * @throws IllegalArgumentException if the server does not select by one of the
	 * fields, or it is not known here that it does
	 * @see #list(String, String)
	 */
	public List<T> list(LabelQuery labels, FieldQuery fields) {
		return filtered(this.indexer.stream(), labels, fields);
	}

	List<T> filtered(Stream<T> objects, LabelQuery labels, FieldQuery fields) {
		Assert.notNull(labels, "'labels' must not be null");
		Assert.notNull(fields, "'fields' must not be null");
		FieldMatcher<T> matcher = FieldMatcher.of(fields, this.resource);
		return objects.filter((object) -> labels.matches(object.metadata().labels()) && matcher.matches(object))
			.toList();
	}

	/**
	 * Return an object without a namespace.
	 * @param name the name of the object; {@code namespace/name} is understood as well
	 * @return the object, empty if there is none
	 */
	public Optional<T> get(String name) {
		return this.indexer.get(name);
	}

	/**
	 * Return an object, such as the one that an event tells of.
	 * @param key the key of the object
	 * @return the object, empty if there is none
	 */
	public Optional<T> get(ObjectKey key) {
		return this.indexer.get(key);
	}

	/**
	 * Return an object in a state that is not older than a resource version, and wait for
	 * it if need be: until the object itself or the whole store has come to it.
	 * @param key the key of the object
	 * @param resourceVersion the version of the object or of any other of the resource,
	 * such as that of an own update
	 * @return the object, on a thread that serves handlers if it must be waited for;
	 * empty if there is none in that state; fails as {@link Store#atLeast(String)} does
	 * @throws IllegalArgumentException if the version cannot be compared
	 */
	public Mono<T> getAtLeast(ObjectKey key, String resourceVersion) {
		Assert.notNull(key, "'key' must not be null");
		Mono<Void> reached = this.indexer.atLeast(resourceVersion);
		return Mono.defer(() -> {
			Optional<T> known = this.indexer.get(key)
				.filter((object) -> ResourceVersions.isAtLeast(object.metadata().resourceVersion(), resourceVersion));
			return known.isPresent() ? Mono.justOrEmpty(known)
					: reached.then(Mono.defer(() -> Mono.justOrEmpty(this.indexer.get(key))));
		});
	}

	/**
	 * Return an object in a state that is not older than a resource version.
	 * @param key {@code namespace/name}, or {@code name} for objects without a namespace
	 * @param resourceVersion the version of the object or of any other of the resource
	 * @return the object, empty if there is none in that state
	 * @throws IllegalArgumentException if the text is not a key, or the version cannot be
	 * compared
	 * @see #getAtLeast(ObjectKey, String)
	 */
	public Mono<T> getAtLeast(String key, String resourceVersion) {
		return getAtLeast(ObjectKey.parse(key), resourceVersion);
	}

	/**
	 * Narrow to a namespace.
	 * @param namespace the namespace
	 * @return reads the objects of that namespace
	 */
	public NamespaceLister<T> namespace(String namespace) {
		Assert.hasText(namespace, "'namespace' must not be empty");
		return new NamespaceLister<>(this, this.indexer, namespace);
	}

}
