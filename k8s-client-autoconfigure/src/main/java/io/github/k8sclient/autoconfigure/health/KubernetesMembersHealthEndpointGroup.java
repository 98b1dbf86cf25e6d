package io.github.k8sclient.autoconfigure.health;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;

/**
 * {@link HealthEndpointGroup} with the API server and the informers as further members.
 */
final class KubernetesMembersHealthEndpointGroup implements HealthEndpointGroup {

	static final String API_SERVER = "kubernetes";

	static final String INFORMERS = "kubernetesInformers";

	private final HealthEndpointGroup group;

	KubernetesMembersHealthEndpointGroup(HealthEndpointGroup group) {
		this.group = group;
	}

	@Override
	public boolean isMember(String name) {
		return name.equals(API_SERVER) || name.equals(INFORMERS) || name.startsWith(INFORMERS + "/")
				|| this.group.isMember(name);
	}

	@Override
	public boolean showComponents(SecurityContext securityContext) {
		return this.group.showComponents(securityContext);
	}

	@Override
	public boolean showDetails(SecurityContext securityContext) {
		return this.group.showDetails(securityContext);
	}

	@Override
	public StatusAggregator getStatusAggregator() {
		return this.group.getStatusAggregator();
	}

	@Override
	public HttpCodeStatusMapper getHttpCodeStatusMapper() {
		return this.group.getHttpCodeStatusMapper();
	}

	@Override
	public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
		return this.group.getAdditionalPath();
	}

}
