package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.meta.GroupVersionKind;
import org.jspecify.annotations.Nullable;

/**
 * A subresource as discovery shows it.
 *
 * @param name the name
 * @param apiVersion the API version of what it reads and writes, null for that of the
 * resource
 * @param kind the kind of what it reads and writes, null for that of the resource
 * @param verbs the verbs, in the order of their names
 */
record ServedSubresource(String name, @Nullable String apiVersion, @Nullable String kind, List<String> verbs) {

	private static final List<String> OBJECT = List.of("get", "patch", "update");

	private static final List<String> CONNECT = List.of("create", "get");

	private static final List<String> PROXY = List.of("create", "delete", "get", "patch", "update");

	private static final Map<String, List<ServedSubresource>> BUILT_IN = Map.of("pods",
			List.of(new ServedSubresource("attach", null, "PodAttachOptions", CONNECT),
					new ServedSubresource("binding", null, "Binding", List.of("create")),
					new ServedSubresource("ephemeralcontainers", null, null, OBJECT),
					new ServedSubresource("eviction", "policy/v1", "Eviction", List.of("create")),
					new ServedSubresource("exec", null, "PodExecOptions", CONNECT),
					new ServedSubresource("log", null, null, List.of("get")),
					new ServedSubresource("portforward", null, "PodPortForwardOptions", CONNECT),
					new ServedSubresource("proxy", null, "PodProxyOptions", PROXY),
					new ServedSubresource("resize", null, null, OBJECT)),
			"namespaces", List.of(new ServedSubresource("finalize", null, null, List.of("update"))), "services",
			List.of(new ServedSubresource("proxy", null, "ServiceProxyOptions", PROXY)), "nodes",
			List.of(new ServedSubresource("proxy", null, "NodeProxyOptions", PROXY)), "serviceaccounts",
			List.of(new ServedSubresource("token", "authentication.k8s.io/v1", "TokenRequest", List.of("create"))),
			"certificatesigningrequests.certificates.k8s.io",
			List.of(new ServedSubresource("approval", null, null, OBJECT)));

	/**
	 * Whether it leads to a program and not to an object.
	 * @return true for example for a proxy
	 */
	boolean connects() {
		return this.kind != null && this.kind.endsWith("Options");
	}

	/**
	 * The kind of what it reads and writes.
	 * @param resource the resource that it is one of
	 * @return the kind
	 */
	GroupVersionKind kind(ServedResource resource) {
		if (this.kind == null) {
			return resource.kind();
		}
		return GroupVersionKind.of((this.apiVersion != null) ? this.apiVersion : resource.kind().apiVersion(),
				this.kind);
	}

	/**
	 * The subresources of a resource.
	 * @param resource the resource
	 * @return the subresources in the order of their names
	 */
	static List<ServedSubresource> of(ServedResource resource) {
		List<ServedSubresource> subresources = new ArrayList<>();
		if (!resource.isCustom()) {
			subresources.addAll(BUILT_IN.getOrDefault(resource.qualifiedName(), List.of()));
		}
		if (resource.scale() != null) {
			subresources.add(new ServedSubresource("scale", "autoscaling/v1", "Scale", OBJECT));
		}
		if (resource.servesStatus()) {
			subresources.add(new ServedSubresource("status", null, null, OBJECT));
		}
		subresources.sort(Comparator.comparing(ServedSubresource::name));
		return subresources;
	}

}
