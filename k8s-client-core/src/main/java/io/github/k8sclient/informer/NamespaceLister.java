package io.github.k8sclient.informer;

import java.util.List;
import java.util.Optional;

import io.github.k8sclient.meta.FieldQuery;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.LabelQuery;
import io.github.k8sclient.meta.LabelSelector;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Reads the objects of one namespace. Uses the namespace index: the cost does not depend
 * on the other namespaces. Thread-safe.
 *
 * @param <T> the type of the objects
 * @since 0.1.0
 * @see Lister#namespace(String)
 */
public final class NamespaceLister<T extends KubernetesObject> {

	private final Lister<T> lister;

	private final Indexer<T> indexer;

	private final String namespace;

	NamespaceLister(Lister<T> lister, Indexer<T> indexer, String namespace) {
		this.lister = lister;
		this.indexer = indexer;
		this.namespace = namespace;
	}

	/**
	 * Return all objects of the namespace.
	 * @return the objects, a copy in no particular order
	 */
	public List<T> list() {
		return this.indexer.byIndex(Indexer.NAMESPACE_INDEX, this.namespace);
	}

	/**
	 * Return the objects of the namespace that a label selector matches.
	 * @param labelSelector the selector in the syntax of the API, such as
	 * {@code app=demo,tier in (web, cache)}; empty for all objects
	 * @return the objects, a copy in no particular order
	 * @throws IllegalArgumentException if the selector is not valid
	 */
	public List<T> list(String labelSelector) {
		return list(LabelQuery.parse(labelSelector));
	}

	/**
	 * Return the objects of the namespace that a label selector matches.
	 * @param labelSelector the selector as objects such as Deployments hold it
	 * @return the objects, a copy in no particular order
	 * @throws IllegalArgumentException if the selector is not valid
	 */
	public List<T> list(LabelSelector labelSelector) {
		return list(LabelQuery.of(labelSelector));
	}

	/**
	 * Return the objects of the namespace with certain labels.
	 * @param labels what is required of the labels
	 * @return the objects, a copy in no particular order
	 */
	public List<T> list(LabelQuery labels) {
		Assert.notNull(labels, "'labels' must not be null");
		return list().stream().filter((object) -> labels.matches(object.metadata().labels())).toList();
	}

	/**
	 * Return the objects of the namespace that a label selector and a field selector
	 * match, as the server would answer.
	 * @param labelSelector the label selector in the syntax of the API; empty for all
	 * objects
	 * @param fieldSelector the field selector in the syntax of the API; empty for all
	 * objects
	 * @return the objects, a copy in no particular order
	 * @throws IllegalArgumentException if one of the selectors is not valid
	 * @see Lister#list(String, String)
	 */
	public List<T> list(String labelSelector, String fieldSelector) {
		return list(LabelQuery.parse(labelSelector), FieldQuery.parse(fieldSelector));
	}

	/**
	 * Return the objects of the namespace with certain labels and fields, as the server
	 * would answer.
	 * @param labels what is required of the labels
	 * @param fields what is required of the fields
	 * @return the objects, a copy in no particular order
	 * @throws IllegalArgumentException if the server does not select by one of the fields
	 * @see Lister#list(LabelQuery, FieldQuery)
	 */
	public List<T> list(LabelQuery labels, FieldQuery fields) {
		return this.lister.filtered(list().stream(), labels, fields);
	}

	/**
	 * Return an object of the namespace.
	 * @param name the name of the object
	 * @return the object, empty if there is none
	 */
	public Optional<T> get(String name) {
		return this.indexer.get(new ObjectKey(this.namespace, name));
	}

	/**
	 * Return an object of the namespace in a state that is not older than a resource
	 * version.
	 * @param name the name of the object
	 * @param resourceVersion the version of the object or of any other of the resource
	 * @return the object, empty if there is none in that state
	 * @throws IllegalArgumentException if the version cannot be compared
	 * @see Lister#getAtLeast(ObjectKey, String)
	 */
	public Mono<T> getAtLeast(String name, String resourceVersion) {
		return this.lister.getAtLeast(new ObjectKey(this.namespace, name), resourceVersion);
	}

}
