package io.github.k8sclient.benchmark.comparison;

import java.io.ByteArrayInputStream;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.github.k8sclient.benchmark.request.Operation;
import io.github.k8sclient.benchmark.request.RequestClient;
import io.github.k8sclient.benchmark.request.Sample;

/**
 * The client of fabric8 with the HTTP client that it comes with.
 */
public final class Fabric8Client extends RequestClient {

	private final KubernetesClient client;

	private final Pod pod;

	private final ConfigMap configMap;

	/**
	 * Create a client.
	 * @param url URL of the server
	 */
	public Fabric8Client(String url) {
		Config config = new ConfigBuilder(Config.empty()).withMasterUrl(url).withTrustCerts(true).build();
		this.client = new KubernetesClientBuilder().withConfig(config).build();
		KubernetesSerialization json = this.client.getKubernetesSerialization();
		this.pod = json.unmarshal(new ByteArrayInputStream(Sample.NEW_POD.json()), Pod.class);
		this.configMap = json.unmarshal(new ByteArrayInputStream(Sample.NEW_CONFIGMAP.json()), ConfigMap.class);
	}

	@Override
	protected void request(Operation operation) {
		switch (operation) {
			case GET_POD -> this.client.pods().inNamespace(Sample.NAMESPACE).withName(Sample.POD_NAME).get();
			case CREATE_POD -> this.client.pods().inNamespace(Sample.NAMESPACE).resource(this.pod).create();
			case GET_CONFIGMAP ->
				this.client.configMaps().inNamespace(Sample.NAMESPACE).withName(Sample.CONFIGMAP_NAME).get();
			case CREATE_CONFIGMAP ->
				this.client.configMaps().inNamespace(Sample.NAMESPACE).resource(this.configMap).create();
		}
	}

}
