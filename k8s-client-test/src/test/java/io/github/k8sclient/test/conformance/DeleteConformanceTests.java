package io.github.k8sclient.test.conformance;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@ConformanceTest
class DeleteConformanceTests {

	@Parameter
	ConformanceServer server;

	private String namespace;

	private String maps;

	private String pods;

	@BeforeEach
	void createNamespace() {
		this.namespace = this.server.newNamespace();
		this.maps = "/api/v1/namespaces/" + this.namespace + "/configmaps";
		this.pods = "/api/v1/namespaces/" + this.namespace + "/pods";
	}

	@Test
	void deletionIsAnsweredWithAStatus() {
		String uid = create("{\"metadata\":{\"name\":\"a\"}}").at("/metadata/uid").asString();

		JsonNode status = this.server.delete(this.maps + "/a").expect(200).json();

		assertThat(status.path("kind").asString()).isEqualTo("Status");
		assertThat(status.path("status").asString()).isEqualTo("Success");
		assertThat(status.at("/details/name").asString()).isEqualTo("a");
		assertThat(status.at("/details/kind").asString()).isEqualTo("configmaps");
		assertThat(status.at("/details/uid").asString()).isEqualTo(uid);
		this.server.delete(this.maps + "/a").expectFailure(404, "NotFound", "configmaps \"a\" not found");
	}

	@Test
	void deletionOfSomeKindsIsAnsweredWithTheObject() {
		String accounts = "/api/v1/namespaces/" + this.namespace + "/serviceaccounts";
		this.server.post(accounts, "{\"metadata\":{\"name\":\"a\"}}").expect(201);

		JsonNode deleted = this.server.delete(accounts + "/a").expect(200).json();

		assertThat(deleted.path("kind").asString()).isEqualTo("ServiceAccount");
		this.server.get(accounts + "/a").expect(404);
	}

	@Test
	void preconditionsMustHold() {
		Answer created = create("{\"metadata\":{\"name\":\"a\"}}");
		String uid = created.at("/metadata/uid").asString();

		Answer otherUid = this.server.delete(this.maps + "/a", "{\"preconditions\":{\"uid\":\"other\"}}")
			.expectFailure(409, "Conflict");
		Answer otherVersion = this.server.delete(this.maps + "/a", "{\"preconditions\":{\"resourceVersion\":\"1\"}}")
			.expectFailure(409, "Conflict");

		// the kind was written there before 1.21, the resource since
		assertThat(otherUid.at("/message").asString())
			.matches("Operation cannot be fulfilled on (ConfigMap|configmaps) \"a\": the UID in the precondition "
					+ "\\(other\\) does not match the UID in record \\(" + uid
					+ "\\). The object might have been deleted " + "and then recreated");
		assertThat(otherVersion.at("/message").asString())
			.contains("the ResourceVersion in the precondition (1) does not " + "match the ResourceVersion in record ("
					+ created.resourceVersion() + "). The object might have been " + "modified");
		this.server.delete(this.maps + "/a", """
				{"kind":"DeleteOptions","apiVersion":"v1",
				"preconditions":{"uid":"%s","resourceVersion":"%s"}}""".formatted(uid, created.resourceVersion()))
			.expect(200);
	}

	@Test
	void optionsAreValidated() {
		create("{\"metadata\":{\"name\":\"a\"}}");

		this.server.delete(this.maps + "/a", "{\"propagationPolicy\":\"Nope\"}")
			.expectFailure(422, "Invalid",
					"DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Unsupported value: "
							+ "\"Nope\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"");
		this.server.delete(this.maps + "/a", "{\"propagationPolicy\":\"Orphan\",\"orphanDependents\":true}")
			.expectFailure(422, "Invalid",
					"DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Invalid value: "
							+ "\"Orphan\": orphanDependents and deletionPropagation cannot be both set");
		this.server.get(this.maps + "/a").expect(200);
	}

	@Test
	void finalizersHoldTheObject() {
		create("{\"metadata\":{\"name\":\"a\",\"finalizers\":[\"example.org/hold\"]}}");

		JsonNode marked = this.server.delete(this.maps + "/a").expect(200).json();
		assertThat(marked.path("kind").asString()).isEqualTo("ConfigMap");
		assertThat(marked.at("/metadata/deletionTimestamp").asString()).endsWith("Z");
		assertThat(marked.at("/metadata/deletionGracePeriodSeconds").asInt()).isZero();
		this.server.get(this.maps + "/a").expect(200);
		// once more changes nothing
		assertThat(this.server.delete(this.maps + "/a").expect(200).resourceVersion())
			.isEqualTo(marked.at("/metadata/resourceVersion").asString());

		this.server
			.patch(this.maps + "/a", "{\"metadata\":{\"finalizers\":[\"example.org/hold\",\"example.org/new\"]}}")
			.expectFailure(422, "Invalid");
		this.server.patch(this.maps + "/a", "{\"metadata\":{\"finalizers\":null}}").expect(200);
		this.server.get(this.maps + "/a").expect(404);
	}

	@Test
	void foregroundDeletionMarksTheObject() {
		create("{\"metadata\":{\"name\":\"a\"}}");

		JsonNode marked = this.server.delete(this.maps + "/a", "{\"propagationPolicy\":\"Foreground\"}")
			.expect(200)
			.json();

		assertThat(marked.at("/metadata/finalizers").toString()).isEqualTo("[\"foregroundDeletion\"]");
		assertThat(marked.at("/metadata").has("deletionTimestamp")).isTrue();
		// without a controller manager nobody releases it
		this.server.get(this.maps + "/a").expect(200);
	}

	@Test
	void podWithoutNodeGoesAtOnce() {
		createPod("");

		this.server.delete(this.pods + "/p").expect(200);

		this.server.get(this.pods + "/p").expect(404);
	}

	@Test
	void podOnANodeGetsTime() {
		createPod("\"nodeName\":\"n\",");

		JsonNode marked = this.server.delete(this.pods + "/p").expect(200).json();
		assertThat(marked.at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(30);
		JsonNode shortened = this.server.delete(this.pods + "/p", "{\"gracePeriodSeconds\":5}").expect(200).json();
		assertThat(shortened.at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(5);
		this.server.get(this.pods + "/p").expect(200);

		this.server.delete(this.pods + "/p", "{\"gracePeriodSeconds\":0}").expect(200);
		this.server.get(this.pods + "/p").expect(404);
	}

	@Test
	void collectionIsDeletedBySelector() {
		create("{\"metadata\":{\"name\":\"a\",\"labels\":{\"x\":\"1\"}}}");
		create("{\"metadata\":{\"name\":\"b\",\"labels\":{\"x\":\"2\"}}}");
		create("{\"metadata\":{\"name\":\"c\",\"labels\":{\"x\":\"1\"}}}");

		Answer deleted = this.server.delete(this.maps + "?labelSelector=x%3D1").expect(200);

		assertThat(deleted.at("/kind").asString()).isEqualTo("ConfigMapList");
		assertThat(deleted.itemNames()).containsExactly("a", "c");
		assertThat(this.server.get(this.maps + "?labelSelector=x").itemNames()).containsExactly("b");
	}

	@Test
	void defaultNamespacesStay() {
		this.server.delete("/api/v1/namespaces/default")
			.expectFailure(403, "Forbidden", "namespaces \"default\" is forbidden: this namespace may not be deleted");
	}

	@Test
	void namespaceIsMarkedFirst() {
		JsonNode marked = this.server.delete("/api/v1/namespaces/" + this.namespace).expect(200).json();

		assertThat(marked.path("kind").asString()).isEqualTo("Namespace");
		assertThat(marked.at("/status/phase").asString()).isEqualTo("Terminating");
		assertThat(marked.at("/spec/finalizers").toString()).isEqualTo("[\"kubernetes\"]");
	}

	@Test
	void nothingIsCreatedInANamespaceThatGoes() {
		create("{\"metadata\":{\"name\":\"a\",\"finalizers\":[\"example.org/hold\"]}}");
		this.server.delete("/api/v1/namespaces/" + this.namespace).expect(200);

		Answer refused = this.server.post(this.maps, "{\"metadata\":{\"name\":\"b\"}}")
			.expectFailure(403, "Forbidden", "configmaps \"b\" is forbidden: unable to create new content in namespace "
					+ this.namespace + " because it is being terminated");

		assertThat(refused.causes()).containsExactly("NamespaceTerminating metadata.namespace");
	}

	private Answer create(String json) {
		return this.server.post(this.maps, json).expect(201);
	}

	private void createPod(String specification) {
		this.server
			.post(this.pods,
					"{\"metadata\":{\"name\":\"p\"},\"spec\":{%s\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}"
						.formatted(specification))
			.expect(201);
	}

}
