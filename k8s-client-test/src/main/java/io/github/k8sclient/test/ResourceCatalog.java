package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.api.BuiltInResources;
import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The resources that the server serves: every built-in one but those of the metrics
 * server, which is a server of its own.
 */
final class ResourceCatalog {

	// stable versions first, then beta, then alpha; the higher number first
	static final Comparator<String> BY_PREFERENCE = Comparator.comparingInt(ResourceCatalog::stability)
		.thenComparing(Comparator.comparingInt(ResourceCatalog::major).reversed())
		.thenComparing(Comparator.reverseOrder());

	private final Map<GroupVersionResource, ServedResource> resources = new LinkedHashMap<>();

	private final Map<String, ServedResource> storage = new LinkedHashMap<>();

	private final Map<GroupVersion, List<ServedResource>> versions = new LinkedHashMap<>();

	ResourceCatalog() {
		Map<String, ResourceDescriptor<?>> stored = new HashMap<>();
		List<ResourceDescriptor<?>> descriptors = BuiltInResources.all()
			.stream()
			.filter((descriptor) -> !descriptor.resource().group().equals("metrics.k8s.io"))
			.sorted(Comparator.comparing((ResourceDescriptor<?> descriptor) -> descriptor.resource().group())
				.thenComparing((descriptor) -> descriptor.resource().version(), BY_PREFERENCE)
				.thenComparing((descriptor) -> descriptor.resource().resource()))
			.toList();
		for (ResourceDescriptor<?> descriptor : descriptors) {
			ResourceDescriptor<?> storage = stored.computeIfAbsent(table(descriptor), (table) -> descriptor);
			add(descriptor, storage);
		}
	}

	@Nullable ServedResource find(String group, String version, String name) {
		return this.resources.get(GroupVersionResource.of(group, version, name));
	}

	/**
	 * A resource that is known to exist.
	 * @param group the group
	 * @param version the version
	 * @param name the name
	 * @return the resource
	 */
	ServedResource get(String group, String version, String name) {
		ServedResource resource = find(group, version, name);
		if (resource == null) {
			throw new IllegalStateException("No resource " + name + " in " + group + "/" + version);
		}
		return resource;
	}

	/**
	 * The resource of the version that a table stores.
	 * @param table the name of the table
	 * @return the resource
	 */
	ServedResource storage(String table) {
		ServedResource resource = this.storage.get(table);
		if (resource == null) {
			throw new IllegalStateException("No table " + table);
		}
		return resource;
	}

	/**
	 * One resource for each table.
	 * @return the resources
	 */
	List<ServedResource> storageResources() {
		return List.copyOf(this.storage.values());
	}

	/**
	 * The groups and their versions, preferred one first.
	 * @return the versions by group, without the core group
	 */
	Map<String, List<GroupVersion>> groups() {
		Map<String, List<GroupVersion>> groups = new LinkedHashMap<>();
		for (GroupVersion version : this.versions.keySet()) {
			if (!version.group().isEmpty()) {
				groups.computeIfAbsent(version.group(), (group) -> new ArrayList<>()).add(version);
			}
		}
		return groups;
	}

	/**
	 * The resources of a version.
	 * @param version the version
	 * @return the resources in the order of their names, empty if the version is not
	 * served
	 */
	List<ServedResource> resources(GroupVersion version) {
		return this.versions.getOrDefault(version, List.of());
	}

	private void add(ResourceDescriptor<?> descriptor, ResourceDescriptor<?> storage) {
		String table = table(descriptor);
		VersionConversion conversion = switch (descriptor.resource().toString()) {
			case "horizontalpodautoscalers.v1.autoscaling" -> new AutoscalerConversion(table);
			case "events.v1.events.k8s.io" -> new EventConversion(table);
			default -> VersionConversion.sameShape(table, storage.kind().apiVersion());
		};
		ServedResource resource = new ServedResource(descriptor, conversion);
		this.resources.put(descriptor.resource(), resource);
		this.storage.putIfAbsent(table, resource);
		this.versions.computeIfAbsent(descriptor.kind().groupVersion(), (version) -> new ArrayList<>()).add(resource);
	}

	// one table for all versions of a resource; a version whose shape differs and for
	// which there is no conversion
	// has a table of its own
	private static String table(ResourceDescriptor<?> descriptor) {
		GroupVersionResource resource = descriptor.resource();
		if (resource.group().equals("events.k8s.io")) {
			return "events";
		}
		if (resource.group().equals("resource.k8s.io") && resource.version().equals("v1beta1")) {
			return resource.toString();
		}
		return resource.groupResource().toString();
	}

	private static int stability(String version) {
		if (version.contains("alpha")) {
			return 2;
		}
		return version.contains("beta") ? 1 : 0;
	}

	private static int major(String version) {
		return Integer.parseInt(version.replaceFirst("v(\\d+).*", "$1"));
	}

}
