package io.github.k8sclient.test.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

import static org.assertj.core.api.Assertions.assertThat;

@ConformanceTest
class ListConformanceTests {

	@Parameter
	ConformanceServer server;

	private String maps;

	private String versionOfThree;

	@BeforeEach
	void createObjects() {
		this.maps = "/api/v1/namespaces/" + this.server.newNamespace() + "/configmaps";
		create("a", "{\"app\":\"web\",\"tier\":\"1\"}");
		create("b", "{\"app\":\"web\",\"tier\":\"2\"}");
		this.versionOfThree = create("c", "{\"app\":\"db\"}").resourceVersion();
	}

	@Test
	void listHasItsOwnKindAndVersion() {
		Answer list = list("");

		assertThat(list.at("/kind").asString()).isEqualTo("ConfigMapList");
		assertThat(list.at("/apiVersion").asString()).isEqualTo("v1");
		assertThat(Long.parseLong(list.resourceVersion())).isGreaterThanOrEqualTo(Long.parseLong(this.versionOfThree));
		assertThat(list.at("/items/0").has("kind")).isFalse();
		assertThat(list.at("/items/0").has("apiVersion")).isFalse();
	}

	@Test
	void listIsInTheOrderOfNames() {
		assertThat(names("?labelSelector=app")).containsExactly("a", "b", "c");
	}

	@Test
	void labelsSelect() {
		assertThat(names("?labelSelector=app%3Dweb")).containsExactly("a", "b");
		assertThat(names("?labelSelector=app%3D%3Dweb,tier!%3D2")).containsExactly("a");
		assertThat(names("?labelSelector=app+in+(db,cache)")).containsExactly("c");
		assertThat(names("?labelSelector=app,tier+notin+(2)")).containsExactly("a", "c");
		assertThat(names("?labelSelector=app,!tier")).containsExactly("c");
		assertThat(names("?labelSelector=tier%3E1")).containsExactly("b");
		assertThat(names("?labelSelector=tier%3C2")).containsExactly("a");
		assertThat(names("?labelSelector=tier%3D")).isEmpty();
	}

	@Test
	void fieldsSelect() {
		assertThat(names("?fieldSelector=metadata.name%3Db")).containsExactly("b");
		assertThat(names("?labelSelector=app&fieldSelector=metadata.name!%3Db")).containsExactly("a", "c");
		assertThat(names("?fieldSelector=metadata.namespace%3Dother")).isEmpty();
	}

	@Test
	void podsAreSelectedByTheirOwnFields() {
		String pods = this.maps.replace("configmaps", "pods");
		for (String node : List.of("n1", "n2")) {
			this.server.post(pods, """
					{"metadata":{"name":"on-%s"},
					"spec":{"nodeName":"%s","containers":[{"name":"c","image":"i"}]}}""".formatted(node, node))
				.expect(201);
		}

		assertThat(this.server.get(pods + "?fieldSelector=spec.nodeName%3Dn2").expect(200).itemNames())
			.containsExactly("on-n2");
		assertThat(this.server.get(pods + "?fieldSelector=status.phase%3DPending,spec.nodeName!%3Dn2")
			.expect(200)
			.itemNames()).containsExactly("on-n1");
	}

	@Test
	void pagesShowOneMomentAndTellWhatIsLeft() {
		Answer first = list("?limit=2");
		assertThat(first.itemNames().size()).isEqualTo(2);
		int all = list("").itemNames().size();
		assertThat(first.at("/metadata/remainingItemCount").asInt()).isEqualTo(all - 2);
		create("zz", "{}");
		this.server.delete(this.maps + "/c").expect(200);

		List<String> names = new ArrayList<>(first.itemNames());
		Answer page = first;
		while (!page.at("/metadata/continue").asString("").isEmpty()) {
			page = list("?limit=2&continue=" + page.at("/metadata/continue").asString());
			assertThat(page.resourceVersion()).isEqualTo(first.resourceVersion());
			names.addAll(page.itemNames());
		}
		assertThat(names).hasSize(all).contains("a", "b", "c").doesNotContain("zz");
	}

	@Test
	void pageOfASelectionDoesNotCountTheRest() {
		Answer first = list("?limit=1&labelSelector=app%3Dweb");

		assertThat(first.itemNames()).containsExactly("a");
		assertThat(first.at("/metadata").has("remainingItemCount")).isFalse();
		assertThat(list("?limit=1&labelSelector=app%3Dweb&continue=" + first.at("/metadata/continue").asString())
			.itemNames()).containsExactly("b");
	}

	@Test
	void continueTokenExcludesAResourceVersion() {
		String token = list("?limit=1").at("/metadata/continue").asString();

		this.server.get(this.maps + "?limit=1&resourceVersion=5&continue=" + token)
			.expectFailure(400, "BadRequest", "specifying resource version is not allowed when using continue");
		Answer broken = this.server.get(this.maps + "?continue=abc").expectFailure(400, "BadRequest");
		assertThat(broken.at("/message").asString()).startsWith("invalid continue token: continue key is not valid: ");
	}

	@Test
	void listFromTheCacheIsNotCut() {
		// a cache may be behind
		Awaitility.await("the cache")
			.atMost(Duration.ofMinutes(1))
			.untilAsserted(() -> assertThat(list("?limit=1&resourceVersion=0&labelSelector=app").itemNames())
				.containsExactlyInAnyOrder("a", "b", "c"));
	}

	@Test
	void exactListShowsThePast() {
		create("d", "{\"app\":\"new\"}");

		Answer past = list("?labelSelector=app&resourceVersionMatch=Exact&resourceVersion=" + this.versionOfThree);

		assertThat(past.itemNames()).containsExactly("a", "b", "c");
		assertThat(past.resourceVersion()).isEqualTo(this.versionOfThree);
	}

	@Test
	void notOlderListShowsThePresent() {
		create("d", "{\"app\":\"new\"}");

		Answer present = list(
				"?labelSelector=app&resourceVersionMatch=NotOlderThan&resourceVersion=" + this.versionOfThree);

		assertThat(Long.parseLong(present.resourceVersion()))
			.isGreaterThanOrEqualTo(Long.parseLong(this.versionOfThree));
		assertThat(present.itemNames()).contains("a", "b", "c");
	}

	@Test
	void metadataAloneIsListed() {
		Answer list = this.server
			.get(this.maps + "?labelSelector=app", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1")
			.expect(200);

		assertThat(list.at("/kind").asString()).isEqualTo("PartialObjectMetadataList");
		assertThat(list.at("/apiVersion").asString()).isEqualTo("meta.k8s.io/v1");
		assertThat(list.itemNames()).containsExactly("a", "b", "c");
		assertThat(list.at("/items/0").has("data")).isFalse();
	}

	@Test
	void metadataAloneIsRead() {
		Answer metadata = this.server
			.get(this.maps + "/a", "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1")
			.expect(200);

		assertThat(metadata.at("/kind").asString()).isEqualTo("PartialObjectMetadata");
		assertThat(metadata.at("/metadata/labels/app").asString()).isEqualTo("web");
		assertThat(metadata.json().has("data")).isFalse();
	}

	private List<String> names(String query) {
		return list(query).itemNames();
	}

	private Answer list(String query) {
		return this.server.get(this.maps + query).expect(200);
	}

	private Answer create(String name, String labels) {
		return this.server
			.post(this.maps,
					"{\"metadata\":{\"name\":\"%s\",\"labels\":%s},\"data\":{\"k\":\"v\"}}".formatted(name, labels))
			.expect(201);
	}

}
