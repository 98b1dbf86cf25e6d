package io.github.k8sclient.autoconfigure.informer;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.k8sclient.api.BuiltInResources;
import io.github.k8sclient.meta.GroupVersionResource;
import org.jspecify.annotations.Nullable;

/**
 * The name of a custom resource that no class of the application is known for:
 * {@code prometheuses.v1.monitoring.coreos.com}, or in a form that only the API server
 * can resolve, {@code prometheuses.monitoring.coreos.com} or
 * {@code Prometheus.v1.monitoring.coreos.com}.
 *
 * @param text the name as it is given
 * @param resource the resource, {@code null} if only the server knows
 */
record CustomResourceName(String text, @Nullable GroupVersionResource resource) {

	private static final Pattern VERSION = Pattern.compile("v[1-9][0-9]*((alpha|beta)[1-9][0-9]*)?");

	private static final Pattern PLURAL = Pattern.compile("[a-z][-a-z0-9]*");

	/**
	 * Read a name.
	 * @return the name, {@code null} if it is not that of a custom resource: their groups
	 * are domain names, and none of the groups that Kubernetes itself serves
	 */
	static @Nullable CustomResourceName parse(String name) {
		String text = name.strip();
		String[] parts = text.split("\\.", 3);
		if (parts.length < 3 || parts[0].isEmpty()) {
			return null;
		}
		boolean versioned = VERSION.matcher(parts[1]).matches();
		String group = versioned ? parts[2] : parts[1] + "." + parts[2];
		if (!group.contains(".") || builtInGroups().contains(group)) {
			return null;
		}
		boolean told = versioned && PLURAL.matcher(parts[0]).matches();
		return new CustomResourceName(text, told ? new GroupVersionResource(group, parts[1], parts[0]) : null);
	}

	private static Set<String> builtInGroups() {
		return BuiltInResources.all()
			.stream()
			.map((resource) -> resource.resource().group())
			.collect(Collectors.toSet());
	}

}
