package io.github.k8sclient.discovery;

import java.util.List;
import java.util.Locale;

import io.github.k8sclient.meta.GroupKind;
import io.github.k8sclient.meta.GroupVersionKind;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.rest.RESTClient;
import reactor.core.publisher.Mono;

/**
 * Knows which resource serves a kind, and which kind a resource is of, as the API server
 * tells it:
 *
 * <pre class="code">
 * restMapper.mapping(GroupKind.parse("Prometheus.monitoring.coreos.com")).map(ServerResource::resource);
 * restMapper.resourceFor("deploy");
 * </pre>
 * <p>
 * Where a name leaves the group open, the group counts that the server lists first; where
 * it leaves the version open, the one that the server prefers.
 * <p>
 * What the methods return does nothing until subscription. It fails with a
 * {@link NoMatchException} if there is no match, with an {@link AmbiguousMatchException}
 * if several things match and the server prefers none, and with another
 * {@link io.github.k8sclient.KubernetesException} if the server cannot be asked.
 *
 * @since 0.1.0
 */
public interface RESTMapper {

	/**
	 * Create a mapper with a cache of its own, as {@link #create(DiscoveryCache)} does.
	 * @param restClient sends the requests
	 * @return a new mapper, thread-safe
	 */
	static RESTMapper create(RESTClient restClient) {
		return create(DiscoveryCache.create(DiscoveryClient.create(restClient)));
	}

	/**
	 * Create a mapper that asks the server at its first use, and again whenever a name
	 * has no match in what it remembers: a custom resource is found as soon as the server
	 * serves it.
	 * @param cache remembers what the server serves
	 * @return a new mapper, thread-safe
	 */
	static RESTMapper create(DiscoveryCache cache) {
		return new DeferredRESTMapper(cache);
	}

	/**
	 * Find the resource that a name means.
	 * @param name the plural or singular name, the kind or a short name, alone or
	 * followed by the group, or by version and group: {@code deployments},
	 * {@code deploy.apps}, {@code Deployment.v1.apps}. Not case-sensitive. A short name
	 * counts only if nothing else has that name
	 * @return the resource
	 */
	Mono<ServerResource> resourceFor(String name);

	/**
	 * Find all resources that a name may mean.
	 * @param name the name, as for {@link #resourceFor(String)}
	 * @return the resources, best first
	 */
	Mono<List<ServerResource>> resourcesFor(String name);

	/**
	 * Find the kind of a resource.
	 * @param resource the resource
	 * @return the kind of its objects
	 */
	Mono<GroupVersionKind> kindFor(GroupVersionResource resource);

	/**
	 * Find all kinds that a name may mean.
	 * @param name the name of a resource, as for {@link #resourceFor(String)}
	 * @return the kinds, best first
	 */
	default Mono<List<GroupVersionKind>> kindsFor(String name) {
		return resourcesFor(name).map((resources) -> resources.stream().map(ServerResource::kind).distinct().toList());
	}

	/**
	 * Find the resource that serves a kind.
	 * @param kind the kind
	 * @param versions the versions to choose from, best first; none for any
	 * @return the resource in the first of the versions that is served, or in the one
	 * that the server prefers
	 */
	Mono<ServerResource> mapping(GroupKind kind, String... versions);

	/**
	 * Find the resource that serves a kind.
	 * @param kind the kind
	 * @return the resource
	 */
	default Mono<ServerResource> mapping(GroupVersionKind kind) {
		return mapping(kind.groupKind(), kind.version());
	}

	/**
	 * Find the resources that serve a kind in all of its versions.
	 * @param kind the kind
	 * @return the resources, best first
	 */
	Mono<List<ServerResource>> mappings(GroupKind kind);

	/**
	 * Find the resources that belong to a category, such as {@code all}.
	 * @param category the name of the category
	 * @return the resources, each in one version
	 */
	Mono<List<ServerResource>> category(String category);

	/**
	 * Forget what the server has told. The next look-up asks it.
	 */
	void reset();

	/**
	 * Guess the resource of a kind by the rules of English that Kubernetes uses. The
	 * guess may be wrong, and nobody asks whether the server has such a resource: where
	 * there is a server, use {@link #mapping(GroupVersionKind)}.
	 * @param kind the kind
	 * @return the resource that it might be, such as {@code networkpolicies} for
	 * {@code NetworkPolicy}
	 */
	static GroupVersionResource unsafeGuess(GroupVersionKind kind) {
		String singular = kind.kind().toLowerCase(Locale.ROOT);
		String plural;
		if (singular.endsWith("endpoints")) {
			plural = singular;
		}
		else if (singular.endsWith("s")) {
			plural = singular + "es";
		}
		else if (singular.endsWith("y")) {
			plural = singular.substring(0, singular.length() - 1) + "ies";
		}
		else {
			plural = singular + "s";
		}
		return kind.groupVersion().resource(plural);
	}

}
