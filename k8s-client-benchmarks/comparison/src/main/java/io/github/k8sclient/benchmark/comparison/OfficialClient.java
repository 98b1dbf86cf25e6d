package io.github.k8sclient.benchmark.comparison;

import java.nio.charset.StandardCharsets;

import io.github.k8sclient.benchmark.request.Operation;
import io.github.k8sclient.benchmark.request.RequestClient;
import io.github.k8sclient.benchmark.request.Sample;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.util.ClientBuilder;

/**
 * The official client.
 */
public final class OfficialClient extends RequestClient {

	private final CoreV1Api api;

	private final V1Pod pod;

	private final V1ConfigMap configMap;

	/**
	 * Create a client.
	 * @param url URL of the server
	 */
	public OfficialClient(String url) {
		this.api = new CoreV1Api(new ClientBuilder().setBasePath(url).setVerifyingSsl(false).build());
		this.pod = JSON.deserialize(new String(Sample.NEW_POD.json(), StandardCharsets.UTF_8), V1Pod.class);
		this.configMap = JSON.deserialize(new String(Sample.NEW_CONFIGMAP.json(), StandardCharsets.UTF_8),
				V1ConfigMap.class);
	}

	@Override
	protected void request(Operation operation) throws Exception {
		switch (operation) {
			case GET_POD -> this.api.readNamespacedPod(Sample.POD_NAME, Sample.NAMESPACE).execute();
			case CREATE_POD -> this.api.createNamespacedPod(Sample.NAMESPACE, this.pod).execute();
			case GET_CONFIGMAP -> this.api.readNamespacedConfigMap(Sample.CONFIGMAP_NAME, Sample.NAMESPACE).execute();
			case CREATE_CONFIGMAP -> this.api.createNamespacedConfigMap(Sample.NAMESPACE, this.configMap).execute();
		}
	}

}
