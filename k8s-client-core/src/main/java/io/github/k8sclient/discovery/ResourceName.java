package io.github.k8sclient.discovery;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.meta.GroupVersionKind;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A resource as people name it: {@code deployments}, {@code deployments.apps},
 * {@code deployments.v1.apps}, {@code deploy}, {@code Deployment} or
 * {@code Deployment.apps}. The second part may be a version or the beginning of the
 * group, so that a name may have two readings.
 *
 * @since 0.1.0
 */
public final class ResourceName {

	private final String text;

	private final String name;

	private final List<Reading> readings;

	private ResourceName(String text, String name, List<Reading> readings) {
		this.text = text;
		this.name = name;
		this.readings = readings;
	}

	/**
	 * Read a name.
	 * @param text the name
	 * @return the name
	 * @throws IllegalArgumentException if it does not begin with a plural, a kind or a
	 * short name
	 */
	public static ResourceName parse(String text) {
		Assert.hasText(text, "'name' must not be empty");
		String[] parts = text.strip().split("\\.", 3);
		Assert.hasText(parts[0], () -> "'" + text + "' does not begin with the name of a resource");
		return switch (parts.length) {
			case 1 -> new ResourceName(text, parts[0], List.of(new Reading(null, null)));
			case 2 -> new ResourceName(text, parts[0], List.of(new Reading(parts[1], null), new Reading("", parts[1])));
			default -> new ResourceName(text, parts[0],
					List.of(new Reading(parts[2], parts[1]), new Reading(parts[1] + "." + parts[2], null)));
		};
	}

	/**
	 * Return whether the name means a resource, by its plural or by its kind.
	 * @param resource the resource
	 * @return {@code true} if it does; upper and lower case make no difference, except in
	 * the group and the version
	 */
	public boolean matches(ResourceDescriptor<?> resource) {
		return mayBeIn(resource.resource().groupVersion()) && isName(resource.resource(), resource.kind());
	}

	/**
	 * Return the groups that the name can refer to.
	 * @return the groups, the empty text being the core group; empty if the name does not
	 * say anything about the group
	 */
	public Set<String> groups() {
		return this.readings.stream()
			.flatMap((reading) -> Stream.ofNullable(reading.group()))
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Return whether the name may mean a resource of a group and version.
	 */
	boolean mayBeIn(GroupVersion groupVersion) {
		return this.readings.stream().anyMatch((reading) -> reading.allows(groupVersion));
	}

	/**
	 * Return the first resource that has the name, or that has it as a short name if
	 * there is no other.
	 */
	Optional<ServerResource> bestOf(List<ServerResource> resources) {
		return allOf(resources).stream().findFirst();
	}

	/**
	 * Return the resources that have the name, or those that have it as a short name if
	 * there are no others.
	 */
	List<ServerResource> allOf(List<ServerResource> resources) {
		List<ServerResource> named = allOf(resources, this::isName);
		return named.isEmpty() ? allOf(resources, this::isShortName) : named;
	}

	private List<ServerResource> allOf(List<ServerResource> resources, Predicate<ServerResource> condition) {
		return resources.stream()
			.filter((resource) -> mayBeIn(resource.resource().groupVersion()) && condition.test(resource))
			.toList();
	}

	private boolean isName(ServerResource resource) {
		return isName(resource.resource(), resource.kind()) || this.name.equalsIgnoreCase(resource.singularName());
	}

	private boolean isName(GroupVersionResource resource, GroupVersionKind kind) {
		return this.name.equalsIgnoreCase(resource.resource()) || this.name.equalsIgnoreCase(kind.kind());
	}

	private boolean isShortName(ServerResource resource) {
		return resource.shortNames().stream().anyMatch(this.name::equalsIgnoreCase);
	}

	@Override
	public String toString() {
		return this.text;
	}

	/**
	 * A way to read the part behind the name.
	 *
	 * @param group the group, {@code null} for any
	 * @param version the version, {@code null} for any
	 */
	record Reading(@Nullable String group, @Nullable String version) {

		boolean allows(GroupVersion groupVersion) {
			return (this.group == null || this.group.equals(groupVersion.group()))
					&& (this.version == null || this.version.equals(groupVersion.version()));
		}

	}

}
