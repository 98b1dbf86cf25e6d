package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.k8sclient.api.BuiltInResources;
import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The resources that the server serves: every built-in one but those of the metrics
 * server, which is a server of its own, and those that are defined while it runs.
 */
final class ResourceCatalog {

	// stable versions first, then beta, then alpha; the higher number first
	static final Comparator<String> BY_PREFERENCE = Comparator.comparingInt(ResourceCatalog::stability)
		.thenComparing(Comparator.comparingInt(ResourceCatalog::major).reversed())
		.thenComparing(Comparator.reverseOrder());

	private final List<ServedResource> builtIn = new ArrayList<>();

	private final Map<String, Definition> definitions = new TreeMap<>();

	private volatile Tables tables;

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
			this.builtIn.add(builtIn(descriptor, storage));
		}
		this.tables = new Tables(this.builtIn, this.definitions.values());
	}

	/**
	 * Serve what a definition of custom resources defines.
	 * @param name the name of the definition
	 * @param served the resource in each version that is served
	 * @param storage the resource in the version that is stored
	 */
	synchronized void define(String name, List<ServedResource> served, ServedResource storage) {
		this.definitions.put(name, new Definition(served, storage));
		this.tables = new Tables(this.builtIn, this.definitions.values());
	}

	synchronized void undefine(String name) {
		this.definitions.remove(name);
		this.tables = new Tables(this.builtIn, this.definitions.values());
	}

	@Nullable ServedResource find(String group, String version, String name) {
		return this.tables.resources.get(GroupVersionResource.of(group, version, name));
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
		ServedResource resource = findStorage(table);
		if (resource == null) {
			throw new IllegalStateException("No table " + table);
		}
		return resource;
	}

	@Nullable ServedResource findStorage(String table) {
		return this.tables.storage.get(table);
	}

	/**
	 * One resource for each table.
	 * @return the resources
	 */
	List<ServedResource> storageResources() {
		return List.copyOf(this.tables.storage.values());
	}

	/**
	 * The groups and their versions, preferred one first.
	 * @return the versions by group, without the core group
	 */
	Map<String, List<GroupVersion>> groups() {
		Map<String, List<GroupVersion>> groups = new LinkedHashMap<>();
		for (GroupVersion version : this.tables.versions.keySet()) {
			if (!version.group().isEmpty()) {
				groups.computeIfAbsent(version.group(), (group) -> new ArrayList<>()).add(version);
			}
		}
		return groups;
	}

	/**
	 * Every group and version, the core group first.
	 * @return the versions
	 */
	List<GroupVersion> versions() {
		return List.copyOf(this.tables.versions.keySet());
	}

	/**
	 * The resources of a version.
	 * @param version the version
	 * @return the resources in the order of their names, empty if the version is not
	 * served
	 */
	List<ServedResource> resources(GroupVersion version) {
		return this.tables.versions.getOrDefault(version, List.of());
	}

	private static ServedResource builtIn(ResourceDescriptor<?> descriptor, ResourceDescriptor<?> storage) {
		String table = table(descriptor);
		VersionConversion conversion = switch (descriptor.resource().toString()) {
			case "horizontalpodautoscalers.v1.autoscaling" -> new AutoscalerConversion(table);
			case "events.v1.events.k8s.io" -> new EventConversion(table);
			default -> VersionConversion.sameShape(table, storage.kind().apiVersion());
		};
		return new ServedResource(descriptor, conversion);
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
		if (!version.matches("v\\d+((alpha|beta)\\d+)?")) {
			return 3;
		}
		if (version.contains("alpha")) {
			return 2;
		}
		return version.contains("beta") ? 1 : 0;
	}

	private static int major(String version) {
		return (stability(version) < 3) ? Integer.parseInt(version.replaceFirst("v(\\d+).*", "$1")) : 0;
	}

	/**
	 * What a definition of custom resources makes.
	 *
	 * @param served the resource in each version that is served
	 * @param storage the resource in the version that is stored
	 */
	private record Definition(List<ServedResource> served, ServedResource storage) {

	}

	/**
	 * The resources at one moment.
	 */
	private static final class Tables {

		private final Map<GroupVersionResource, ServedResource> resources = new LinkedHashMap<>();

		private final Map<String, ServedResource> storage = new LinkedHashMap<>();

		private final Map<GroupVersion, List<ServedResource>> versions = new LinkedHashMap<>();

		Tables(List<ServedResource> builtIn, Collection<Definition> definitions) {
			builtIn.forEach(this::add);
			definitions.forEach((definition) -> this.storage.put(definition.storage().table(), definition.storage()));
			definitions.stream()
				.flatMap((definition) -> definition.served().stream())
				.sorted(Comparator.comparing((ServedResource resource) -> resource.kind().group())
					.thenComparing((resource) -> resource.kind().version(), BY_PREFERENCE)
					.thenComparing(ServedResource::name))
				.forEach(this::add);
		}

		private void add(ServedResource resource) {
			GroupVersion version = resource.kind().groupVersion();
			this.resources.put(version.resource(resource.name()), resource);
			this.storage.putIfAbsent(resource.table(), resource);
			this.versions.computeIfAbsent(version, (key) -> new ArrayList<>()).add(resource);
		}

	}

}
