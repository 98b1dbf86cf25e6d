package io.github.k8sclient.discovery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.meta.APIGroup;
import io.github.k8sclient.meta.APIGroupList;
import io.github.k8sclient.meta.APIResource;
import io.github.k8sclient.meta.APIResourceList;
import io.github.k8sclient.meta.APIVersions;
import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.meta.GroupVersionForDiscovery;
import io.github.k8sclient.rest.RESTClient;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * Asks an API server for its version, its groups and its resources. Nothing is cached.
 * <p>
 * What the methods return does nothing until subscription, and fails with a
 * {@link KubernetesException} when the server refuses or cannot be reached.
 * <p>
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class DiscoveryClient {

	private static final Log logger = LogFactory.getLog(DiscoveryClient.class);

	private static final JsonMapper mapper = JsonMapper.shared();

	private static final int CONCURRENCY = 8;

	private final RESTClient restClient;

	/**
	 * Create a client.
	 * @param restClient sends the requests
	 */
	public DiscoveryClient(RESTClient restClient) {
		Assert.notNull(restClient, "'restClient' must not be null");
		this.restClient = restClient;
	}

	/**
	 * Ask for the version of the server.
	 * @return the version
	 */
	public Mono<ServerVersion> serverVersion() {
		return this.restClient.get().absPath("/version").raw().map(DiscoveryClient::version);
	}

	private static ServerVersion version(byte[] json) {
		try {
			JsonNode version = mapper.readTree(json);
			return new ServerVersion(version.path("major").asString(""), version.path("minor").asString(""),
					version.path("gitVersion").asString("unknown"),
					version.path("platform").asStringOpt().orElse(null));
		}
		catch (JacksonException ex) {
			throw new KubernetesException("GET /version: the response is not JSON", ex);
		}
	}

	/**
	 * Ask for the groups and their versions, the core group first, with an empty name.
	 * @return the groups in the server's order of preference. The core group or all
	 * others are left out if the server does not know (404) or does not tell (403) them
	 */
	public Mono<List<APIGroup>> serverGroups() {
		Mono<List<APIGroup>> core = this.restClient.get()
			.absPath("/api")
			.into(APIVersions.CODEC)
			.map((versions) -> versions.versions().isEmpty() ? List.<APIGroup>of() : List.of(coreGroup(versions)));
		Mono<List<APIGroup>> named = this.restClient.get()
			.absPath("/apis")
			.into(APIGroupList.CODEC)
			.map(APIGroupList::groups);
		return Mono.zip(orNone(core), orNone(named), DiscoveryClient::concat);
	}

	private static APIGroup coreGroup(APIVersions versions) {
		List<GroupVersionForDiscovery> all = versions.versions()
			.stream()
			.map((version) -> GroupVersionForDiscovery.builder().groupVersion(version).version(version).build())
			.toList();
		return APIGroup.builder().name("").versions(all).preferredVersion(all.get(0)).build();
	}

	private static Mono<List<APIGroup>> orNone(Mono<List<APIGroup>> groups) {
		return groups.onErrorResume(KubernetesApiException.class,
				(ex) -> (ex.code() == 403 || ex.code() == 404) ? Mono.just(List.of()) : Mono.error(ex));
	}

	private static List<APIGroup> concat(List<APIGroup> first, List<APIGroup> second) {
		List<APIGroup> all = new ArrayList<>(first);
		all.addAll(second);
		return List.copyOf(all);
	}

	/**
	 * Ask for the resources of one group and version, subresources not among them.
	 * @param groupVersion the group and version
	 * @return the resources; fails with a {@link io.github.k8sclient.NotFoundException}
	 * if the server does not serve the group and version
	 */
	public Mono<List<ServerResource>> serverResources(GroupVersion groupVersion) {
		Assert.notNull(groupVersion, "'groupVersion' must not be null");
		return this.restClient.get()
			.groupVersion(groupVersion)
			.into(APIResourceList.CODEC)
			.map((list) -> resources(groupVersion, list));
	}

	private static List<ServerResource> resources(GroupVersion groupVersion, APIResourceList list) {
		return list.resources()
			.stream()
			.filter((resource) -> !name(resource).contains("/"))
			.map((resource) -> resource(groupVersion, resource))
			.toList();
	}

	private static ServerResource resource(GroupVersion groupVersion, APIResource resource) {
		GroupVersion kindVersion = new GroupVersion(orElse(resource.group(), groupVersion.group()),
				orElse(resource.version(), groupVersion.version()));
		return new ServerResource(groupVersion.resource(name(resource)), kindVersion.kind(orElse(resource.kind(), "")),
				orElse(resource.singularName(), ""), Boolean.TRUE.equals(resource.namespaced()),
				new HashSet<>(resource.verbs()), resource.shortNames(), resource.categories());
	}

	private static String name(APIResource resource) {
		return orElse(resource.name(), "");
	}

	private static String orElse(@Nullable String text, String other) {
		return (text == null || text.isEmpty()) ? other : text;
	}

	/**
	 * Ask for the resources of all groups and versions, subresources not among them.
	 * @return the resources, group by group in the server's order of preference, and in
	 * each group the preferred version first. Groups and versions that cannot be read,
	 * because an extension API server is down, say, are left out and logged
	 */
	public Flux<ServerResource> serverResources() {
		return serverGroups().flatMapMany((groups) -> read(versions(groups), new ConcurrentLinkedQueue<>()));
	}

	/**
	 * Find a resource by the name that people give it: the plural or singular name, the
	 * kind or a short name, alone or followed by the group, or by version and group:
	 * {@code deployments}, {@code deploy.apps}, {@code Deployment.v1.apps}. The names are
	 * not case-sensitive. A short name counts only if nothing else has that name.
	 * @param name the name
	 * @return the resource, in the version that the server prefers if the name tells
	 * none; empty if the server serves no such resource. Fails if there is none and not
	 * all groups could be read
	 */
	public Mono<ServerResource> find(String name) {
		ResourceName wanted = ResourceName.parse(name);
		Queue<String> failures = new ConcurrentLinkedQueue<>();
		return serverGroups().flatMapMany((groups) -> read(versions(groups).filter(wanted::mayBeIn), failures))
			.collectList()
			.flatMap((resources) -> Mono.justOrEmpty(wanted.bestOf(resources)))
			.switchIfEmpty(Mono.defer(() -> notFound(wanted, failures)));
	}

	private static Mono<ServerResource> notFound(ResourceName wanted, Queue<String> failures) {
		return failures.isEmpty() ? Mono.empty() : Mono.error(new KubernetesException(
				"No resource '" + wanted + "' found, and these could not be read: " + String.join("; ", failures)));
	}

	private static Stream<GroupVersion> versions(List<APIGroup> groups) {
		return groups.stream().flatMap((group) -> {
			Stream<GroupVersionForDiscovery> preferred = Stream.ofNullable(group.preferredVersion());
			return Stream.concat(preferred, group.versions().stream());
		}).map((version) -> GroupVersion.parse(orElse(version.groupVersion(), "v1"))).distinct();
	}

	private Flux<ServerResource> read(Stream<GroupVersion> versions, Queue<String> failures) {
		return Flux.fromStream(versions)
			.flatMapSequential((version) -> serverResources(version).onErrorResume(KubernetesException.class, (ex) -> {
				logger.warn("Resources of " + version + " are not known: " + ex.getMessage());
				failures.add(version + ": " + ex.getMessage());
				return Mono.empty();
			}), CONCURRENCY)
			.concatMapIterable((resources) -> resources);
	}

	@Override
	public String toString() {
		return "DiscoveryClient[" + this.restClient + "]";
	}

}
